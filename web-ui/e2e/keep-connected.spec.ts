import { expect, test, type Page } from '@playwright/test';
import { browserStorage, checkAccessible, connectServiceAccount, consentOf, makeServiceAccount, openConsent, setFault, shoot, signIn, watchConsole } from './product';

// After journey.spec.ts, which makes the account; the files run in the order of their names.
test.describe.configure({ mode: 'serial' });
test.afterEach(() => setFault('none'));

const source = 'Kept connected';

async function openSource(page: Page, tab?: string): Promise<void> {
  await page.goto('/data-sources');
  await page.getByRole('link', { name: source, exact: true }).click();
  if (tab) await page.getByRole('tab', { name: tab }).click();
}

test('the catalogue is searched and narrowed, and survives a reload', async ({ page }) => {
  await signIn(page);
  await page.goto('/data-sources/new');
  const cards = page.getByRole('article');
  await expect(page.getByRole('article', { name: 'Amplitude', exact: true })).toBeVisible();
  expect(await cards.count()).toBeGreaterThanOrEqual(32);
  await shoot(page, '30-catalogue');
  await checkAccessible(page);

  await page.getByRole('searchbox', { name: 'Search' }).fill('amplitude');
  await expect(page.getByRole('status').filter({ hasText: 'vendor' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('amplitude');
  await expect(page.getByRole('article', { name: 'Amplitude', exact: true })).toBeVisible();
});

test('a custom server is asked for by address, and one inside the network is refused', async ({ page }) => {
  await signIn(page);
  await page.goto('/data-sources/new');
  await page.getByRole('tab', { name: 'Custom server' }).click();
  await page.getByRole('button', { name: 'Authorize with the server' }).click();
  await expect(page.getByText('Enter the address of the server.')).toBeVisible();

  await page.getByRole('textbox', { name: 'Server URL' }).fill('https://169.254.169.254/mcp');
  await page.getByRole('button', { name: 'Authorize with the server' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page).toHaveURL(/tab=custom/);
  await shoot(page, '31-custom-server');
  await checkAccessible(page);
});

test('connecting fills every tab of the data source', async ({ page, context }) => {
  const errors = watchConsole(page);
  await signIn(page);
  const consent = await openConsent(page, context);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Waiting for Amplitude…' })).toBeVisible();
  await consent.getByRole('button', { name: 'Allow' }).click();
  await page.getByLabel('Name', { exact: true }).fill(source);
  await page.getByRole('button', { name: 'Finish' }).click();

  const state = page.getByRole('region', { name: 'State' });
  await expect(state).toContainText('Connected');
  await expect(state.getByRole('list', { name: 'Health' })).toContainText('Authorized');
  await expect(page.getByRole('region', { name: 'Identity' })).toContainText('Northwind Media');
  await expect(page.getByRole('list', { name: 'Events' }).getByRole('listitem').first()).toBeVisible();
  await page.getByText('Who used the credential').click();
  await expect(page.getByRole('table', { name: /uses of the credential/ }).or(page.getByText('Nobody has used it yet', { exact: false }))).toBeVisible();
  await shoot(page, '32-overview');
  await checkAccessible(page);

  await page.getByRole('tab', { name: 'Doctor' }).click();
  await page.getByRole('button', { name: 'Run the doctor' }).click();
  await expect(page.getByText('The connection is healthy.')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('list', { name: 'Checks' }).getByText('Failed', { exact: true })).toHaveCount(0);
  await shoot(page, '33-doctor');
  await checkAccessible(page);

  await page.getByRole('tab', { name: 'Read-only proof' }).click();
  await expect(page.getByRole('region', { name: 'Writes sent' })).toContainText('0');
  await shoot(page, '34-proof');
  await checkAccessible(page);
  await page.reload();
  await expect(page.getByRole('tab', { name: 'Read-only proof' })).toHaveAttribute('aria-selected', 'true');
  expect(errors).toEqual([]);
});

test('a tool is tried, switched off and refused from then on', async ({ page }) => {
  await signIn(page);
  await openSource(page, 'Tools');
  const tool = 'get_amplitude_context';
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: tool }) });
  await expect(row).toContainText('Allowed');
  await shoot(page, '35-tools');
  await checkAccessible(page);

  await page.getByText('Try a tool').click();
  await page.getByRole('combobox', { name: 'Tool to try' }).selectOption(tool);
  await page.getByRole('button', { name: 'Call the tool' }).click();
  await expect(page.getByRole('region', { name: 'Result of the call' })).toBeVisible();

  const toggle = page.getByRole('switch', { name: `Use ${tool}` });
  // The track is what a pointer hits; the input itself is hidden behind it.
  await toggle.focus();
  await page.keyboard.press('Space');
  await expect(row).toContainText('Switched off');
  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('off');
  await expect(page).toHaveURL(/verdict=off/);
  await toggle.focus();
  await page.keyboard.press('Space');
  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('');
  await expect(row).toContainText('Allowed');

  await page.getByRole('tab', { name: 'Calls' }).click();
  await expect(page.getByRole('row').filter({ hasText: tool }).first()).toContainText('Completed');
  await shoot(page, '36-calls');
  await checkAccessible(page);
});

test('people-level data is explained before it is switched on', async ({ page }) => {
  await signIn(page);
  await openSource(page, 'Tools');
  const personal = page.getByRole('switch', { name: /single people/ });
  await personal.focus();
  await page.keyboard.press('Space');
  const dialog = page.getByRole('dialog', { name: 'Let questions read about single people?' });
  await expect(dialog).toBeVisible();
  await shoot(page, '37-data-class');
  await dialog.getByRole('button', { name: 'Leave off' }).click();
  await expect(personal).not.toBeChecked();
});

test('reconnecting as another organization is not done without a word', async ({ page, context }) => {
  await signIn(page);
  await openSource(page);
  await page.getByRole('link', { name: 'Reconnect' }).click();
  const consent = await consentOf(page, context);
  await consent.getByRole('radio', { name: /Harbour Radio/ }).check();
  await consent.getByRole('button', { name: 'Allow' }).click();

  await expect(page.getByText('This is another organization')).toBeVisible();
  await shoot(page, '38-other-organization');
  await checkAccessible(page);
  await page.getByRole('radio', { name: /Harbour Radio/ }).first().check();
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByText('Confirm the other organization, or start over.')).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('button', { name: 'Authorize with Amplitude' })).toBeVisible();

  await openSource(page);
  await expect(page.getByRole('region', { name: 'Identity' })).toContainText('Northwind Media');
});

test('a service account connects without a popup, and its secret stays nowhere in the browser', async ({ page }) => {
  const client = await makeServiceAccount('northwind');
  const secret = client.client_secret;
  await signIn(page);
  await connectServiceAccount(page, client);
  await page.getByLabel('Name', { exact: true }).fill('Nightly');
  expect(await browserStorage(page)).not.toContain(secret);
  await shoot(page, '39-service-account');
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('region', { name: 'State' })).toContainText('Service account');
  expect(await browserStorage(page)).not.toContain(secret);
});

test('the encryption key is rotated with every grant', async ({ page }) => {
  await signIn(page);
  await page.goto('/settings/encryption-keys');
  await expect(page.getByRole('region', { name: 'Keys' })).toBeVisible();
  await page.getByRole('button', { name: 'Rotate the key' }).click();
  await page.getByRole('dialog', { name: 'Rotate the key' }).getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Rotation' })).toContainText('finished', { timeout: 60_000 });
  await shoot(page, '40-encryption-keys');
  await checkAccessible(page);

  await openSource(page, 'Tools');
  await expect(page.getByRole('table', { name: /^Tools of/ })).toBeVisible();
});

test('the screens fit a phone and the dark theme', async ({ page }) => {
  await signIn(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  const places: [string, string | undefined][] = [
    ['41-overview-360-dark', undefined],
    ['42-tools-360-dark', 'Tools'],
    ['43-doctor-360-dark', 'Doctor'],
  ];
  for (const [shot, tab] of places) {
    await openSource(page, tab);
    await expect(page.getByRole('heading', { name: source })).toBeVisible();
    // A placeholder fits anywhere: the tab itself is looked at.
    await expect(page.getByText('Opening the tab').or(page.getByText(/^Loading/))).toHaveCount(0);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, shot).toBe(0);
    await shoot(page, shot);
    await checkAccessible(page);
  }
});
