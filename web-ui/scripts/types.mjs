// Generates src/api/generated/*.d.ts from the OpenAPI documents the services write at build.
// With --check it writes nothing and fails when what is committed there is not what the documents say.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const committed = 'src/api/generated';
const check = process.argv.includes('--check');
const target = check ? mkdtempSync(join(tmpdir(), 'claribi-types-')) : committed;
mkdirSync(target, { recursive: true });

const stale = [];
for (const service of ['gateway', 'connector', 'vault', 'planner', 'charts']) {
  const document = `../deploy/openapi/${service}.json`;
  if (!existsSync(document)) {
    console.error(`deploy/openapi/${service}.json is missing. Build the services first; they write it.`);
    process.exit(1);
  }
  const file = join(target, `${service}.d.ts`);
  execFileSync('node', ['node_modules/openapi-typescript/bin/cli.js', document, '-o', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (check && !sameText(file, join(committed, `${service}.d.ts`))) stale.push(service);
}

if (check) rmSync(target, { recursive: true });
if (stale.length > 0) {
  console.error(`The types of ${stale.join(', ')} are older than deploy/openapi. Run npm run types and commit the result.`);
  process.exit(1);
}
console.log(check ? 'ok    types match deploy/openapi' : `Wrote ${committed}`);

function sameText(left, right) {
  return existsSync(right) && readFileSync(left, 'utf8') === readFileSync(right, 'utf8');
}
