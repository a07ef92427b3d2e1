const fs = require('node:fs');

test('is empty', () => expect([].length).toBe(0));

test('fails', () => expect(1).toBe(2));

test('passes the second time', () => {
  if (!fs.existsSync(process.env.SEEN)) {
    fs.writeFileSync(process.env.SEEN, '');
    throw new Error('not yet');
  }
});
