import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openConsent, setFault, signIn } from './product';

// After the other journeys: what a script in the browser could read, and what errors say.
test.describe.configure({ mode: 'serial' });
test.afterEach(() => setFault('none'));

/** The sandbox's tokens, codes and client secrets carry a prefix; a verifier (RFC 7636) has a name. */
const secret = /(amp_(at|rt|ac)_|cs_)[A-Za-z0-9_-]{43}|code_?verifier/i;

/** Everything that scripts can read of one page: both storages, caches, databases, cookies without HttpOnly, history. */
async function readable(page: Page, context: BrowserContext): Promise<string> {
  const stored = await page.evaluate(async () =>
    JSON.stringify({
      local: { ...window.localStorage },
      session: { ...window.sessionStorage },
      history: window.history.state as unknown,
      address: location.href,
      name: window.name,
      cookies: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      html: document.documentElement.outerHTML,
    }),
  );
  const cookies = (await context.cookies()).filter((cookie) => !cookie.httpOnly && !cookie.name.startsWith('sandbox'));
  return stored + JSON.stringify(cookies);
}

test('nothing that a script can read holds a secret, and a planted one is found', async ({ page, context }) => {
  const errors: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) void response.text().then((body) => errors.push(body), () => undefined);
  });
  await signIn(page);
  const consent = await openConsent(page, context);
  expect(await readable(page, context)).not.toMatch(secret);

  // The vendor fails at the exchange: its answer, and ours, are told apart from its secrets.
  await setFault('code_expired', { count: 1 });
  await consent.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  expect(await readable(page, context)).not.toMatch(secret);

  for (const address of ['/data-sources', '/']) {
    await page.goto(address);
    await expect(page.getByRole('navigation').first()).toBeVisible();
    expect(await readable(page, context)).not.toMatch(secret);
  }

  const refused = await page.request.get('/api/oauth/callback?code=amp_ac_unknown&state=unknown', { maxRedirects: 0 });
  expect(JSON.stringify(refused.headers()) + (await refused.text())).not.toContain('amp_ac_unknown');
  expect(errors.join('\n')).not.toMatch(secret);

  await page.evaluate(() => localStorage.setItem('planted', `amp_at_${'x'.repeat(43)}`));
  expect(await readable(page, context)).toMatch(secret);
  await page.evaluate(() => localStorage.removeItem('planted'));
});
