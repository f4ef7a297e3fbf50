import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const dll = process.env.CLARIBI_DLL ?? path.join(here, '../../services/AllInOne/ClariBI.AllInOne/bin/Release/net10.0/ClariBI.AllInOne.dll');

/** The client id that the suite's authorization servers expect of a client with a metadata document. */
const clientMetadata = 'https://conformance-test.local/client-metadata.json';

const running = new Set();
// Whatever ends the tests ends their product.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Starts the whole product on a private port and folder, with one row of the catalogue more, and waits until it answers. */
export async function startProduct() {
  if (!existsSync(dll)) throw new Error(`${dll} is missing: dotnet build services/AllInOne/ClariBI.AllInOne -c Release`);
  const folder = await mkdtemp(path.join(tmpdir(), 'conformance-'));
  const url = `http://localhost:${await freePort()}`;
  const settings = {
    ASPNETCORE_ENVIRONMENT: 'Production',
    Gateway__PublicUrl: url,
    Gateway__OpenRegistration: 'true',
    Gateway__SignInsPerMinute: '10000',
    Connector__PublicUrl: url,
    Connector__CatalogueFile: path.join(here, 'catalogue.json'),
    Connector__ClientMetadataUrl: clientMetadata,
    // Dozens of scenarios start at once and share the machine: what is slow here is not the vendor.
    Connector__OAuthTimeout: '00:01:00',
    Connector__SessionTimeout: '00:01:00',
    // A scenario's server waits at its end until every connection to it is closed.
    Connector__SessionIdle: '00:00:10',
    Outbound__AllowLoopback: 'true',
    Database__Folder: path.join(folder, 'databases'),
    Internal__KeyFile: path.join(folder, 'keys/internal.key'),
    Vault__KeyFile: path.join(folder, 'keys/vault.key'),
  };
  let output = '';
  const child = spawn('dotnet', [dll, '--urls', url], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...settings } });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  running.add(child);
  const ended = new Promise((resolve) => child.once('exit', resolve)).then(() => running.delete(child));
  const product = {
    url,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      const stopped = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
      if (!stopped) child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
  for (let wait = 0; wait < 1200; wait++) {
    if (child.exitCode !== null) break;
    if (await fetch(`${url}/health/ready`).then((reply) => reply.ok, () => false)) return product;
    await sleep(100);
  }
  await product.stop();
  throw new Error(`The product did not start:\n${output}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
