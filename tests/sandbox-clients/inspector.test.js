import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from './support/account.js';
import { inPackage, run } from './support/run.js';
import { startSandbox } from './support/sandbox.js';

const program = inPackage('@modelcontextprotocol/inspector-cli', 'build/cli.js');
// It looks for its own package.json from the working directory.
const cwd = path.dirname(program);
let sandbox, token;

before(async () => {
  sandbox = await startSandbox();
  const { client, account } = await connect(sandbox.mcp);
  token = account.tokens().access_token;
  await client.close();
});
after(() => sandbox?.stop());

async function inspect(...args) {
  const { code, out, err } = await run(process.execPath, [program, '--cli', sandbox.mcp.href, '--transport', 'http', '--header', `Authorization: Bearer ${token}`, ...args], { cwd });
  assert.equal(code, 0, err + out);
  return JSON.parse(out);
}

test('the inspector lists the tools', async () => {
  const { tools } = await inspect('--method', 'tools/list');
  const names = tools.map((tool) => tool.name);
  assert.ok(names.includes('get_amplitude_context') && names.includes('query_amplitude_data'), names.join());
  assert.ok(tools.every((tool) => tool.inputSchema.type === 'object' && tool.description));
});

test('the inspector calls a tool without arguments', async () => {
  const result = await inspect('--method', 'tools/call', '--tool-name', 'get_amplitude_context');
  assert.equal(JSON.parse(result.content[0].text).organization.id, 'northwind');
});

test('the inspector calls a tool with a chart', async () => {
  const chart = { kind: 'segmentation', events: [{ event: '_active' }], measured_as: { as: 'unique_users' }, date_range: { relative: 'Last 7 Days' } };
  const result = await inspect('--method', 'tools/call', '--tool-name', 'query_amplitude_data', '--tool-arg', 'projectId="100001"', '--tool-arg', `chart=${JSON.stringify(chart)}`);
  const reply = JSON.parse(result.content[0].text);
  assert.equal(reply.success, true);
  const header = reply.data.csvResponse.data.find((row) => row[0] === '\tSegment');
  assert.equal(header.length, 8, 'a label and seven days');
});

test('the inspector is refused without a token', async () => {
  const { code, out, err } = await run(process.execPath, [program, '--cli', sandbox.mcp.href, '--transport', 'http', '--method', 'tools/list'], { cwd });
  assert.notEqual(code, 0);
  assert.match(out + err, /401|Missing authorization header/);
});
