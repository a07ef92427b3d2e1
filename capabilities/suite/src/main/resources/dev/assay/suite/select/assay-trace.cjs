// Sees which files of a project the tests of each file load. Comes into every process of Node by
// NODE_OPTIONS, from Assay, and does something only where Jest runs tests: there each file of tests
// has modules of its own, and each of them is read by the runtime of that file. A trouble of its own
// must never become one of the tests.
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const { ASSAY_TRACE_FOLDER: folder, ASSAY_TRACE_ROOT: top } = process.env;

function real(file) {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

function watch(Runtime) {
  const root = real(top) + path.sep;
  const out = fs.openSync(path.join(folder, `node-${process.pid}.trace`), 'a');
  const names = new Map();
  const told = new Set();
  const nameOf = (file) => {
    if (!names.has(file)) {
      const whole = real(file);
      const own = whole.startsWith(root) && !whole.includes(`${path.sep}node_modules${path.sep}`);
      names.set(file, own ? whole.slice(root.length).split(path.sep).join('/') : null);
    }
    return names.get(file);
  };
  const note = (test, file) => {
    try {
      const one = nameOf(test);
      const other = nameOf(file);
      const line = `test\t${one}\tresource:${other}\n`;
      if (one !== null && other !== null && !told.has(line)) {
        told.add(line);
        fs.writeSync(out, line); // at once, as workers are killed
      }
    } catch {
      // a trace that is missing is a test of which nothing is known, and that is safe
    }
  };
  // each file of tests has a transformer of its own, which every module goes through
  const watched = (transformer, test) => {
    for (const name of ['transform', 'transformAsync', 'transformJson']) {
      const before = transformer?.[name];
      if (typeof before === 'function' && typeof test === 'string') {
        transformer[name] = function (file, ...rest) {
          note(test, file);
          return before.call(this, file, ...rest);
        };
      }
    }
    return transformer;
  };
  fs.writeSync(out, `started\t${process.version}\n`);
  return class extends Runtime {
    constructor(config, environment, resolver, transformer, files, coverage, test, ...rest) {
      super(
        config, environment, resolver, watched(transformer, test), files, coverage, test, ...rest);
    }
  };
}

if (folder && top) {
  const load = Module._load;
  Module._load = function (request, ...rest) {
    const loaded = load.call(this, request, ...rest);
    if (/(^|[\\/])jest-runtime([\\/]build[\\/]index\.js)?$/.test(request)) {
      Module._load = load;
      try {
        loaded.default = watch(loaded.default);
      } catch {
        // then only imports tell what tests depend on
      }
    }
    return loaded;
  };
}
