import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { account, connectServiceAccount, makeServiceAccount, openConsent, signIn } from './product';

// Everything a browser holds after connecting both ways, in its storages, in the answers it got and on its disk.

/** Tokens of the sandbox begin with these. Codes (`amp_ac_`) pass through the address bar: OAuth sends them that way. */
const tokens = /amp_(at|rt)_[\w-]{20,}/g;
const codes = /amp_ac_[\w-]{20,}/g;

interface Seen {
  /** Of PKCE: public, and the hash of what is secret. */
  challenges: Set<string>;
  answers: string[];
}

/** Reads along with every tab: what the product answers, and the challenges the vendor is sent. */
function readAlong(context: BrowserContext, origin: string): Seen {
  const seen: Seen = { challenges: new Set(), answers: [] };
  context.on('response', async (response) => {
    const { origin: from, searchParams } = new URL(response.url());
    const challenge = searchParams.get('code_challenge');
    if (challenge) seen.challenges.add(challenge);
    if (from !== origin) return;
    const headers = JSON.stringify(await response.allHeaders().catch(() => ({})));
    const body = await response.text().catch(() => '');
    seen.answers.push(`${response.url()} ${headers} ${body}`);
  });
  return seen;
}

async function pageStorage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const caches = await Promise.all(
      (await window.caches.keys()).map(async (name) => [name, (await (await window.caches.open(name)).keys()).map(({ url }) => url)]),
    );
    return JSON.stringify({
      local: { ...window.localStorage },
      session: { ...window.sessionStorage },
      cookies: document.cookie,
      history: window.history.state as unknown,
      at: location.href,
      databases: await window.indexedDB.databases(),
      caches,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      markup: document.documentElement.outerHTML,
    });
  });
}

/** Every file of the profile, as bytes that can be searched. */
async function filesOf(folder: string): Promise<{ file: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'latin1') })));
}

/** PKCE verifiers among the words of a text: what hashes to a challenge that was sent. */
function verifiersIn(text: string, challenges: Set<string>): string[] {
  return [...new Set(text.match(/[A-Za-z0-9._~-]{43,128}/g))].filter((word) =>
    challenges.has(createHash('sha256').update(word, 'ascii').digest('base64url')),
  );
}

test('no token, verifier, client secret or password is kept by the browser or sent to it', async ({ baseURL, launchOptions }) => {
  const origin = new URL(baseURL!).origin;
  const profile = await mkdtemp(path.join(tmpdir(), 'claribi-profile-'));
  const { client_id, client_secret } = await makeServiceAccount('northwind');
  try {
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL!, locale: 'en-GB' });
    const seen = readAlong(context, origin);
    const page = context.pages()[0] ?? (await context.newPage());

    await signIn(page);
    const consent = await openConsent(page, context);
    await consent.getByRole('button', { name: 'Allow' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Looked through');
    await page.getByRole('button', { name: 'Finish' }).click();
    await expect(page.getByRole('region', { name: 'State' })).toContainText('Connected');
    for (const tab of ['Tools', 'Calls', 'Read-only proof', 'Doctor']) await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('button', { name: 'Run the doctor' }).click();
    await expect(page.getByRole('list', { name: 'Checks' })).toBeVisible({ timeout: 90_000 });
    const afterPopup = await pageStorage(page);
    await connectServiceAccount(page, { client_id, client_secret });
    await page.getByLabel('Name', { exact: true }).fill('Looked through, service account');
    await page.getByRole('button', { name: 'Finish' }).click();
    await expect(page.getByRole('region', { name: 'State' })).toContainText('Connected');

    const state = await context.storageState({ indexedDB: true });
    const cookies = state.cookies.filter(({ value }) => !value.startsWith('amp_si_')); // The sandbox's own sign-in, on the same host.
    const stored = [afterPopup, await pageStorage(page), JSON.stringify({ cookies, origins: state.origins })].join('\n');
    // Both ways were seen: a scan of nothing would find nothing.
    expect(seen.challenges.size).toBeGreaterThan(0);
    expect(seen.answers.length).toBeGreaterThan(10);
    await context.close();

    expect(stored.match(tokens) ?? []).toEqual([]);
    expect(stored.match(codes) ?? []).toEqual([]);
    expect(stored).not.toContain(client_secret);
    expect(stored).not.toContain(account.password);
    expect(verifiersIn(stored, seen.challenges)).toEqual([]);
    // What the page cannot read is as good as not there for a script that is not ours.
    for (const cookie of cookies) expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: expect.stringMatching(/Lax|Strict/) });

    const answers = seen.answers.join('\n');
    expect(answers.match(tokens) ?? []).toEqual([]);
    expect(answers).not.toContain(client_secret);
    expect(answers).not.toContain(account.password);
    expect(verifiersIn(answers, seen.challenges)).toEqual([]);

    const files = await filesOf(profile);
    expect(files.length).toBeGreaterThan(5);
    const leaking = files.filter(
      ({ text }) =>
        (text.match(tokens) ?? []).length > 0 || text.includes(client_secret) || text.includes(account.password) || verifiersIn(text, seen.challenges).length > 0,
    );
    expect(leaking.map(({ file }) => path.relative(profile, file))).toEqual([]);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
});
