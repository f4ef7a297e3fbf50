// Generates src/api/generated/*.d.ts from the OpenAPI documents the services write at build.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
mkdirSync('src/api/generated', { recursive: true });

for (const service of ['gateway', 'connector', 'planner', 'charts']) {
  const document = `../deploy/openapi/${service}.json`;
  if (!existsSync(document)) {
    console.error(`deploy/openapi/${service}.json is missing. Build the services first; they write it.`);
    process.exit(1);
  }
  execFileSync('npx', ['openapi-typescript', document, '-o', `src/api/generated/${service}.d.ts`], { stdio: 'inherit' });
}
