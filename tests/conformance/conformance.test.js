import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Product } from './product.js';
import { startProduct } from './start-product.js';

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));
const inPackage = (name, file) => path.join(path.dirname(require.resolve(`${name}/package.json`)), file);

// The suite needs Node 22; its package brings one.
const node = inPackage('node', 'bin/node');
const suite = inPackage('@modelcontextprotocol/conformance', 'dist/index.js');

/** Requirements of a revision, and how many client scenarios count. */
const revisions = { '2025-11-25': 18, '2026-07-28': 32 };

let product, folder;

before(async () => {
  folder = process.env.CLARIBI_CONFORMANCE_RESULTS ?? (await mkdtemp(path.join(tmpdir(), 'conformance-results-')));
  await mkdir(folder, { recursive: true });
  product = await startProduct();
  await new Product(product.url).signUp();
});
after(async () => {
  await product?.stop();
  if (process.env.CLARIBI_CONFORMANCE_RESULTS) await writeFile(path.join(folder, 'product.log'), product?.output() ?? '');
  else if (folder) await rm(folder, { recursive: true, force: true });
});

for (const [revision, count] of Object.entries(revisions)) {
  describe(`requirements of ${revision}`, { concurrency: false }, () => {
    let output, report;

    before(async () => {
      output = path.join(folder, revision);
      const command = `${node} ${path.join(here, 'driver.js')}`;
      report = await run([suite, 'client', '--command', command, '--requirements', revision, '--timeout', '60000', '-o', output]);
    });

    test('the suite itself is satisfied', () => assert.equal(report.code, 0, report.out + report.err));

    test(`${count} scenarios count, each with checks that were made and passed`, async (t) => {
      const scored = await scenarios(revision);
      assert.equal(scored.length, count);
      for (const scenario of scored) {
        await t.test(scenario, async () => {
          const { checks, said } = await resultOf(output, scenario);
          const made = checks.filter((check) => ['SUCCESS', 'FAILURE', 'WARNING'].includes(check.status));
          const bad = made.filter((check) => check.status !== 'SUCCESS');
          assert.deepEqual(bad.map((check) => `${check.id} ${check.status}: ${check.errorMessage ?? check.description}`), [], said);
          // The suite itself calls a scenario passed in which nothing was checked.
          assert.ok(made.length > 0, `no check was made\n${said}`);
        });
      }
    });
  });
}

/** The client scenarios that the frozen list of a revision scores. */
async function scenarios(revision) {
  const { out } = await run([suite, 'list', '--requirements', revision]);
  const listed = out.split('Client scenarios')[1].split('Run and reported')[0];
  return [...listed.matchAll(/^ {2}- (\S+)/gm)].map((match) => match[1]);
}

async function resultOf(output, scenario) {
  const [group, name] = scenario.includes('/') ? scenario.split('/') : ['', scenario];
  const folders = await readdir(path.join(output, group)).catch(() => []);
  const found = folders.find((folder) => folder.replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '') === name);
  assert.ok(found, `${scenario} was not run`);
  const read = (file) => readFile(path.join(output, group, found, file), 'utf8').catch(() => '');
  return { checks: JSON.parse(await read('checks.json')), said: (await read('stdout.txt')) + (await read('stderr.txt')) };
}

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000, env: { ...process.env, NO_COLOR: '1', CLARIBI_URL: product.url } });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
