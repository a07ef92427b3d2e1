const test = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');

test('is empty', () => assert.strictEqual([].length, 0));

test('fails', () => assert.strictEqual(1, 2));

test('passes the second time', () => {
  if (!fs.existsSync(process.env.SEEN)) {
    fs.writeFileSync(process.env.SEEN, '');
    throw new Error('not yet');
  }
});
