// Sees which files of a project the tests of each file load. A reporter of Vitest, from Assay: Vitest
// itself notes what a file of tests imports, as its plug-ins resolve it.
import fs from 'node:fs';
import path from 'node:path';

const { ASSAY_TRACE_FOLDER: folder, ASSAY_TRACE_ROOT: top } = process.env;

export default class {
  constructor() {
    this.root = fs.realpathSync(top) + path.sep;
    this.out = path.join(folder, `vitest-${process.pid}.trace`);
    fs.appendFileSync(this.out, `started\t${process.version}\n`);
  }

  name(id) {
    const file = id.replace(/^file:\/\//, '').replace(/^\/@fs/, '').replace(/\?.*$/, '');
    const own = file.startsWith(this.root) && !file.includes(`${path.sep}node_modules${path.sep}`);
    return own ? file.slice(this.root.length).split(path.sep).join('/') : null;
  }

  onTestModuleEnd(module) {
    try {
      const test = this.name(fs.realpathSync(module.moduleId));
      const loaded = Object.keys(module.diagnostic().importDurations ?? {});
      const files = loaded.map((id) => this.name(id)).filter((name) => name !== null);
      if (test !== null && files.length > 0) {
        const words = ['test', test, ...files.map((name) => `resource:${name}`)];
        fs.appendFileSync(this.out, `${words.join('\t')}\n`);
      }
    } catch {
      // a trace that is missing is a test of which nothing is known, and that is safe
    }
  }
}
