import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const dll = process.env.CLARIBI_SANDBOX_DLL ?? path.join(repository, 'deploy/sandbox/ClariBI.Sandbox/bin/Release/net10.0/ClariBI.Sandbox.dll');

/** Where the clock of every sandbox here stands. */
export const now = '2026-11-20T15:00:00Z';

const running = new Set();
// Whatever ends the tests ends their sandboxes.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Starts a sandbox of its own, with private ports and data, and waits until it answers. */
export async function startSandbox(...options) {
  if (!existsSync(dll)) throw new Error(`${dll} is missing: dotnet build tests/ClariBI.Sandbox.Tests -c Release`);
  const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-clients-'));
  const [port, adminPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const admin = `http://127.0.0.1:${adminPort}`;
  const all = ['--urls', origin, '--data', path.join(folder, 'data'), '--users', '1500', '--now', now, '--admin-urls', admin, ...options];
  let output = '';
  const child = spawn('dotnet', [dll, ...all], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  running.add(child);
  const ended = new Promise((resolve) => child.once('exit', resolve)).then(() => running.delete(child));
  const sandbox = {
    origin,
    admin,
    mcp: new URL('/mcp', origin),
    output: () => output,
    requests: async (path) => (await (await fetch(`${admin}/requests`)).json()).filter((request) => !path || request.path === path),
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
    if (await fetch(`${origin}/health`).then((reply) => reply.ok, () => false)) return sandbox;
    await sleep(100);
  }
  await sandbox.stop();
  throw new Error(`The sandbox did not start:\n${output}`);
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
