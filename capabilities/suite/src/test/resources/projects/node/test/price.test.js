const { describe, it } = require('node:test');
const assert = require('node:assert');

describe('a price', () => {
  it('adds', () => assert.strictEqual(1 + 1, 2));
  it('is skipped', { skip: 'later' }, () => {});
});
