// The public client of npm, unchanged: node client.js FOLDER-OF-PACKAGES API-URL UPSTREAM
const [, , packages, api, upstream] = process.argv;
const assert = require('node:assert');
const net = require('node:net');
const { Toxiproxy } = require(packages + '/toxiproxy-node-client');

function echo(listen, text) {
  const at = listen.lastIndexOf(':');
  return new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint();
    const socket = net.connect(Number(listen.slice(at + 1)), listen.slice(0, at), () => socket.write(text));
    socket.once('data', (data) => {
      socket.destroy();
      resolve({ text: data.toString(), millis: Number(process.hrtime.bigint() - begun) / 1e6 });
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
}

(async () => {
  const toxiproxy = new Toxiproxy(api);
  assert.match(await toxiproxy.getVersion(), /2\.12\.0/);
  const proxy = await toxiproxy.createProxy({ name: 'node', listen: '127.0.0.1:0', upstream });
  assert.strictEqual(proxy.enabled, true);
  assert.strictEqual((await echo(proxy.listen, 'plain')).text, 'plain');

  const toxic = await proxy.addToxic({
    name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 200, jitter: 0 },
  });
  assert.ok((await echo(proxy.listen, 'slow')).millis >= 199);
  await toxic.update({ ...toxic.toJson(), attributes: { latency: 300, jitter: 0 } });
  assert.strictEqual((await proxy.getToxic('slow')).attributes.latency, 300);
  assert.ok((await echo(proxy.listen, 'slower')).millis >= 299);
  await toxic.remove();
  await assert.rejects(proxy.getToxic('slow'), /404/);
  await assert.rejects(proxy.addToxic({ name: 'x', type: 'poison', stream: 'downstream', toxicity: 1, attributes: {} }), /400/);

  const off = await proxy.update({ ...proxy.toJson(), enabled: false });
  assert.strictEqual(off.enabled, false);
  await assert.rejects(echo(proxy.listen, 'nobody'));
  await toxiproxy.reset();
  assert.strictEqual((await toxiproxy.get('node')).enabled, true);
  assert.strictEqual((await echo(proxy.listen, 'again')).text, 'again');

  const all = await toxiproxy.populate([
    { name: 'one', listen: '127.0.0.1:0', upstream },
    { name: 'two', listen: '127.0.0.1:0', upstream, enabled: false },
  ]);
  assert.deepStrictEqual(Object.keys(all), ['one', 'two']);
  assert.strictEqual(all.two.enabled, false);
  assert.deepStrictEqual(Object.keys(await toxiproxy.getAll()).sort(), ['node', 'one', 'two']);
  await proxy.remove();
  await assert.rejects(toxiproxy.get('node'), /404/);
  console.log('all is well');
})().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
