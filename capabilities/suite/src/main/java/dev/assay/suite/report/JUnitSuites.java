package dev.assay.suite.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The suites around what is being read. Not thread-safe. */
final class JUnitSuites {

  private final Deque<JUnitTotals> open = new ArrayDeque<>();
  private final JUnitCaseBuilder.Outputs outputs = new JUnitCaseBuilder.Outputs();
  private @Nullable String path;

  void begin(JUnitTotals totals) {
    open.push(totals);
    path = null;
  }

  /** The innermost one ends; null where none is open. */
  @Nullable JUnitTotals end() {
    path = null;
    if (open.isEmpty()) {
      return null;
    }
    JUnitTotals ended = open.pop();
    if (!open.isEmpty()) {
      open.peek().add(ended);
    }
    return ended;
  }

  /** The innermost one. */
  @Nullable JUnitTotals current() {
    return open.peek();
  }

  JUnitCaseBuilder.Outputs outputs() {
    return outputs;
  }

  @Nullable String file() {
    JUnitTotals current = open.peek();
    return current == null ? null : current.file();
  }

  /** The names of all, outermost first, each once. */
  String path() {
    String known = path;
    if (known == null) {
      Iterable<JUnitTotals> outermostFirst = open::descendingIterator;
      known =
          StreamSupport.stream(outermostFirst.spliterator(), false)
              .map(JUnitTotals::name)
              .filter(name -> !name.isBlank())
              .distinct()
              .collect(Collectors.joining(" > "));
      path = known;
    }
    return known;
  }
}
