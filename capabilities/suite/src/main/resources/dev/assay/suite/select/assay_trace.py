"""Sees which files of a project the tests of each file execute. A plug-in of pytest, from Assay.

Notes each function that starts, once for each file of tests: by sys.monitoring where there is one
(3.12), else by sys.settrace where nobody else uses it. A trouble of its own must never become one
of the tests.
"""

import os
import sys
import threading

import pytest

FOLDER = os.environ.get("ASSAY_TRACE_FOLDER", "")
ROOT = os.path.join(os.path.realpath(os.environ.get("ASSAY_TRACE_ROOT", "")), "")
MADE = (os.sep + "site-packages" + os.sep, os.sep + ".venv" + os.sep, os.sep + "venv" + os.sep)


class Trace:
    """One process's. Files are told of at once, so that a process that is killed leaves what it knew."""

    def __init__(self):
        self.path = os.path.join(FOLDER, "python-%d.trace" % os.getpid())
        self.test = None
        self.seen = set()
        self.names = {}
        self.tool = None

    def line(self, *words):
        try:
            with open(self.path, "a", encoding="utf-8") as out:
                out.write("\t".join(words) + "\n")
        except OSError:
            pass  # a trace that is missing is a test of which nothing is known, and that is safe

    def name(self, file):
        """The path below the project, or None for what is not of it."""
        if file not in self.names:
            path = os.path.realpath(file)
            # what is compiled from a text has a name such as <string>
            own = not file.startswith("<") and path.startswith(ROOT) and not any(made in path for made in MADE)
            self.names[file] = path[len(ROOT):].replace(os.sep, "/") if own else None
        return self.names[file]

    def executes(self, file):
        if self.test is not None and file not in self.seen:
            self.seen.add(file)

    def monitored(self, code, offset):
        self.executes(code.co_filename)
        return sys.monitoring.DISABLE

    def called(self, frame, event, argument):
        self.executes(frame.f_code.co_filename)
        return None

    def start(self):
        monitoring = getattr(sys, "monitoring", None)
        if monitoring is not None:
            for tool in (4, 3, 5, 2):
                if monitoring.get_tool(tool) is None:
                    monitoring.use_tool_id(tool, "assay")
                    events = monitoring.events
                    monitoring.register_callback(tool, events.PY_START, self.monitored)
                    monitoring.register_callback(tool, events.PY_RESUME, self.monitored)
                    monitoring.set_events(tool, events.PY_START | events.PY_RESUME)
                    self.tool = tool
                    break
            else:
                self.line("untraced", "other tools of Python watch already")
                return
        elif sys.gettrace() is not None:
            self.line("untraced", "another tool, such as one of coverage, traces already")
            return
        else:
            self.tool = -1
            threading.settrace(self.called)
            sys.settrace(self.called)
        self.line("started", sys.version.split()[0])

    def begin(self, test):
        if self.tool is None:
            return
        self.test = test
        self.seen = set()
        if self.tool >= 0:
            sys.monitoring.restart_events()

    def end(self):
        test, self.test = self.test, None
        if test is None:
            return
        if self.tool == -1 and sys.gettrace() != self.called:
            self.line("untraced", "another tool, such as a debugger, took the place of the trace")
            self.tool = None
            return
        own = self.name(test)
        if own is not None:
            names = {self.name(file) for file in self.seen}
            self.line(
                "test", own, *("resource:" + name for name in sorted(n for n in names if n))
            )


TRACE = None
if FOLDER:
    TRACE = Trace()
    try:
        TRACE.start()
    except Exception as failure:  # whatever it is, the tests run
        TRACE.line("untraced", repr(failure).replace("\n", " "))
        TRACE = None


def file_of(node):
    path = getattr(node, "path", None) or getattr(node, "fspath", None)
    return None if path is None else str(path)


def traced(node):
    """Attributes what is executed from now on; its end is the caller's."""
    file = file_of(node)
    if TRACE is not None and file is not None and TRACE.test is None:
        TRACE.begin(file)
        return True
    return False


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    begun = isinstance(collector, pytest.Module) and traced(collector)
    yield
    if begun:
        TRACE.end()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    # of one file of tests after the other, so that what is switched on anew is so once a file
    if TRACE is not None and TRACE.test is not None and TRACE.test != file_of(item):
        TRACE.end()
    traced(item)
    yield
    if nextitem is None or file_of(nextitem) != file_of(item):
        if TRACE is not None:
            TRACE.end()


def pytest_sessionfinish(session):
    if TRACE is not None:
        TRACE.end()
