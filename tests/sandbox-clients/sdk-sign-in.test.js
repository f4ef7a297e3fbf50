import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Account, connect, reconnect } from './support/account.js';
import { startSandbox } from './support/sandbox.js';

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox?.stop());

const context = async (client) => JSON.parse((await client.callTool({ name: 'get_amplitude_context', arguments: {} })).content[0].text);

test('the SDK finds its own way from a 401 to a session', async () => {
  const { client, transport, account, refusedFirst } = await connect(sandbox.mcp);

  assert.ok(refusedFirst, 'the first connection is refused');
  assert.ok(transport.sessionId, 'a session is given');
  assert.equal(account.answer.get('state'), account.sentState);
  assert.equal(account.asked.searchParams.get('code_challenge_method'), 'S256');
  assert.match(account.tokens().token_type, /^bearer$/i);
  assert.equal(account.tokens().refresh_token, undefined, 'no refresh token without offline_access');
  assert.ok(client.getServerVersion().name);
  assert.ok((await context(client)).projects.length > 0);
  const paths = (await sandbox.requests()).map((request) => request.path);
  for (const path of ['/.well-known/oauth-protected-resource', '/.well-known/oauth-authorization-server', '/register', '/authorize', '/token']) {
    assert.ok(paths.includes(path), `${path} was asked`);
  }
  await client.close();
});

test('the organisation chosen on the consent page is the one connected', async () => {
  for (const organisation of ['northwind', 'harbour']) {
    const { client } = await connect(sandbox.mcp, new Account({ choices: { organisation } }));
    assert.equal((await context(client)).organization.id, organisation);
    await client.close();
  }
});

test('a denied consent comes back as access_denied', async () => {
  const account = new Account({ allow: false });
  await assert.rejects(connect(sandbox.mcp, account), /without a code/);
  assert.equal(account.answer.get('error'), 'access_denied');
  assert.equal(account.answer.get('state'), account.sentState);
  assert.equal(account.tokens(), undefined);
});

test('a session that was ended is gone, and a new one starts with the same token', async () => {
  const { client, transport, account } = await connect(sandbox.mcp);
  const ended = transport.sessionId;
  await transport.terminateSession();
  assert.equal(transport.sessionId, undefined, 'the DELETE was taken');
  const reply = await fetch(sandbox.mcp, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${account.tokens().access_token}`, 'mcp-session-id': ended },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  assert.equal(reply.status, 404);
  await client.close();

  const again = await reconnect(sandbox.mcp, account);
  assert.notEqual(again.transport.sessionId, ended);
  assert.ok((await context(again.client)).projects.length > 0);
  await again.client.close();
});

test('a session lost by the server fails with 404, and reconnecting goes on', async () => {
  const { client, transport, account } = await connect(sandbox.mcp);
  // Ended behind the client's back.
  const reply = await fetch(sandbox.mcp, { method: 'DELETE', headers: { authorization: `Bearer ${account.tokens().access_token}`, 'mcp-session-id': transport.sessionId } });
  assert.ok(reply.ok, `${reply.status}`);
  await assert.rejects(context(client), (error) => error.code === 404 || /404|session/i.test(error.message));
  await client.close();

  const again = await reconnect(sandbox.mcp, account);
  assert.ok((await context(again.client)).projects.length > 0);
  await again.client.close();
});

for (const refresh of ['rotate', 'keep']) {
  test(`an expired token is refreshed by the SDK on its own (--refresh ${refresh})`, async () => {
    const short = await startSandbox('--token-life', '5', '--refresh', refresh);
    try {
      const { client, account } = await connect(short.mcp, new Account({ scope: 'mcp:read offline_access' }));
      const before = account.tokens();
      const askedBefore = (await short.requests('/authorize')).length;
      assert.ok(before.refresh_token);
      assert.ok(before.expires_in <= 5);
      await sleep(5500);
      assert.ok((await context(client)).projects.length > 0);
      const after = account.tokens();
      assert.notEqual(after.access_token, before.access_token);
      assert.equal(after.refresh_token === before.refresh_token, refresh === 'keep', 'the SDK keeps the old refresh token when none is sent');
      assert.ok((await short.requests('/token')).some((request) => request.arguments.grant_type === 'refresh_token'));
      assert.equal((await short.requests('/authorize')).length, askedBefore, 'nobody signed in again');
      await client.close();
    } finally {
      await short.stop();
    }
  });
}

test('replies are one line of SSE by default', async () => {
  const { client, account } = await connect(sandbox.mcp);
  assert.ok((await context(client)).projects.length > 0);
  assert.deepEqual([...new Set(account.contentTypes)], ['text/event-stream']);
  await client.close();
});

test('replies are plain JSON with --replies json', async () => {
  const plain = await startSandbox('--replies', 'json');
  try {
    const { client, account } = await connect(plain.mcp);
    assert.ok((await client.listTools()).tools.length > 0);
    assert.ok((await context(client)).projects.length > 0);
    assert.deepEqual([...new Set(account.contentTypes)], ['application/json']);
    await client.close();
  } finally {
    await plain.stop();
  }
});
