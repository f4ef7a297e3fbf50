import assert from 'node:assert/strict';
import { readFile, readdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from './support/account.js';
import { startBearerProxy } from './support/bearer-proxy.js';
import { inPackage, run } from './support/run.js';
import { startSandbox } from './support/sandbox.js';

// The suite needs Node 22; its package brings one.
const node = inPackage('node', 'bin/node');
const suite = inPackage('@modelcontextprotocol/conformance', 'dist/index.js');

/** What a server of tools alone can be asked. */
const scenarios = ['server-initialize', 'ping', 'tools-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'];

/** What cannot be: each needs a feature or an example tool that the hosted server does not have either. */
const notApplicable = {
  'logging-set-level': 'no logging capability',
  'completion-complete': 'no completions capability',
  'tools-call-simple-text': 'tool test_simple_text',
  'tools-call-image': 'tool test_image_content',
  'tools-call-audio': 'tool test_audio_content',
  'tools-call-embedded-resource': 'tool test_embedded_resource',
  'tools-call-mixed-content': 'tool test_multiple_content_types',
  'tools-call-with-logging': 'tool test_tool_with_logging',
  'tools-call-error': 'tool test_error_handling',
  'tools-call-with-progress': 'tool test_tool_with_progress',
  'tools-call-sampling': 'tool test_sampling',
  'tools-call-elicitation': 'tool test_elicitation',
  'json-schema-2020-12': 'tool json_schema_2020_12_tool',
  'elicitation-sep1034-defaults': 'tool test_elicitation_sep1034_defaults',
  'elicitation-sep1330-enums': 'tool test_elicitation_sep1330_enums',
  'server-sse-polling': 'tool test_reconnection',
  'resources-list': 'no resources capability',
  'resources-read-text': 'resource test://static-text',
  'resources-read-binary': 'resource test://static-binary',
  'resources-templates-read': 'resource template test://template/{id}/data',
  'resources-subscribe': 'no resources capability',
  'resources-unsubscribe': 'no resources capability',
  'prompts-list': 'no prompts capability',
  'prompts-get-simple': 'prompt test_simple_prompt',
  'prompts-get-with-args': 'prompt test_prompt_with_arguments',
  'prompts-get-embedded-resource': 'prompt test_prompt_with_embedded_resource',
  'prompts-get-with-image': 'prompt test_prompt_with_image',
};

let sandbox, proxy, folder;

before(async () => {
  sandbox = await startSandbox();
  const { client, account } = await connect(sandbox.mcp);
  proxy = await startBearerProxy(sandbox.mcp, account.tokens().access_token);
  await client.close();
  folder = await mkdtemp(path.join(tmpdir(), 'sandbox-conformance-'));
});
after(async () => {
  await proxy?.stop();
  await sandbox?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('every server scenario of the suite is either run or known not to apply', async () => {
  const { out } = await run(node, [suite, 'list', '--server']);
  const listed = [...out.split('Client scenarios')[0].matchAll(/^ {2}- (\S+)/gm)].map((match) => match[1]);
  assert.deepEqual(listed.toSorted(), [...scenarios, ...Object.keys(notApplicable)].toSorted());
});

for (const scenario of scenarios) {
  test(`conformance: ${scenario}`, async () => {
    const output = path.join(folder, scenario);
    const { out, err } = await run(node, [suite, 'server', '--url', proxy.url.href, '--scenario', scenario, '--output-dir', output]);
    const checks = await checksIn(output);
    assert.ok(checks.length > 0, `no check was made:\n${out}${err}`);
    const bad = checks.filter((check) => !['SUCCESS', 'INFO'].includes(check.status));
    assert.deepEqual(bad.map((check) => `${check.id} ${check.status}: ${check.errorMessage}`), []);
    assert.ok(checks.some((check) => check.status === 'SUCCESS'), out);
  });
}

async function checksIn(output) {
  const files = (await readdir(output, { recursive: true })).filter((file) => path.basename(file) === 'checks.json');
  return (await Promise.all(files.map(async (file) => JSON.parse(await readFile(path.join(output, file), 'utf8'))))).flat();
}
