// The lines of the samples: made by the sandbox's generator, or taken from a folder that holds them already.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

export const home = dirname(dirname(fileURLToPath(import.meta.url)));
export const sets = JSON.parse(readFileSync(join(home, 'sets.json'), 'utf8'));
const repository = dirname(dirname(home));

/** Fills DIR/<sample> unless it is filled for the same clock and size. `sandbox` is a built ClariBI.Sandbox.dll; without it the project is run. */
export async function linesOf(sample, directory, port, sandbox) {
  const folder = join(directory, sample);
  const marker = join(folder, '.sandbox-generated');
  const wanted = `${sample} ${sets.now.slice(0, 10)} ${sets.now.slice(11, 19)} ${sets.users}`;
  const isDone = () => existsSync(marker) && readFileSync(marker, 'utf8').endsWith(wanted) && existsSync(join(folder, 'org.json'));
  if (isDone()) return folder;
  mkdirSync(folder, { recursive: true });
  const options = ['--urls', `http://127.0.0.1:${port}`, '--data', folder, '--sample', sample, '--users', String(sets.users), '--now', sets.now];
  const program = sandbox ? [sandbox, ...options] : ['run', '-c', 'Release', '--project', join(repository, 'deploy/sandbox/ClariBI.Sandbox'), '--', ...options];
  // A process group of its own, so that `dotnet run` and what it starts end together.
  const server = spawn('dotnet', program, { detached: true, stdio: ['ignore', 'ignore', 'inherit'] });
  let ended = false;
  server.on('exit', () => { ended = true; });
  try {
    for (let waited = 0; !isDone(); waited += 250) {
      if (ended || waited > 600_000) throw new Error(`The sandbox did not write ${folder}.`);
      await pause(250);
    }
  } finally {
    if (!ended) process.kill(-server.pid, 'SIGTERM');
    for (let waited = 0; !ended && waited < 10_000; waited += 100) await pause(100);
    if (!ended) process.kill(-server.pid, 'SIGKILL');
  }
  return folder;
}
