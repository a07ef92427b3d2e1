// A reporter of node --test that writes JUnit XML in which each test names its file and the tests
// around it; Node's own leaves the file out before version 22.
import { relative } from 'node:path';

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(value) {
  return String(value ?? '')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => entities[character]);
}

function failure(details) {
  const error = details.error;
  const cause = error?.cause instanceof Error ? error.cause : error;
  const type = cause?.name ?? error?.failureType ?? 'Error';
  const message = cause?.message ?? error?.message ?? '';
  return `<failure type="${text(type)}" message="${text(message)}">${text(cause?.stack ?? cause)}</failure>`;
}

function testcase(data, around) {
  const file = data.file ? relative(process.cwd(), data.file) : '';
  const seconds = (data.details.duration_ms ?? 0) / 1000;
  const name = [...around, data.name].join(' > ');
  const skipped = data.skip !== undefined || data.todo !== undefined;
  const why = [data.skip, data.todo].find((reason) => typeof reason === 'string') ?? '';
  const inside = skipped
    ? `<skipped message="${text(why)}"/>`
    : data.details.error ? failure(data.details) : '';
  return `<testcase classname="${text(file)}" file="${text(file)}" name="${text(name)}" time="${seconds}">${inside}</testcase>\n`;
}

export default async function* report(source) {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="node --test">\n';
  // what is below comes before what is around it, so that it waits for its names
  const waiting = [];
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const depth = data.nesting;
    const below = waiting[depth + 1] ?? [];
    waiting[depth + 1] = [];
    const here = (waiting[depth] ??= []);
    const around = data.details.type === 'suite' || below.length > 0;
    // Node 20 tells of each file as a test around its tests
    const aFile = depth === 0 && data.file && data.name && data.file.endsWith(data.name);
    if (around) {
      for (const one of below) here.push(aFile ? one : { ...one, around: [data.name, ...one.around] });
    }
    const failedBelow = data.details.error?.failureType === 'subtestsFailed';
    if (!around || (type === 'test:fail' && !failedBelow)) here.push({ data, around: [] });
    if (depth === 0) {
      for (const one of here) yield testcase(one.data, one.around);
      waiting.length = 0;
    }
  }
  yield '</testsuite>\n</testsuites>\n';
}
