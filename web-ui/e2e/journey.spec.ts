import { expect, test } from '@playwright/test';
import { account, ask, openConsent, sandboxGrants, setFault, shoot, signIn, watchConsole } from './product';

test.describe.configure({ mode: 'serial' });
test.afterEach(() => setFault('none'));

test('the first visitor makes an account and a workspace', async ({ page }) => {
  const errors = watchConsole(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Welcome');
  await shoot(page, '01-welcome');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Enter your name.')).toBeVisible();

  await page.getByLabel('Your name').fill(account.name);
  await page.getByLabel('Email').fill(account.email);
  await page.locator('input[type="password"]').fill(account.password);
  await page.getByLabel('Workspace').fill(account.workspace);
  await page.getByRole('button', { name: 'Create account' }).click();

  await expect(page.getByRole('link', { name: 'Try it with sample data' }).or(page.getByRole('button', { name: 'Try it with sample data' }))).toBeVisible();
  await shoot(page, '02-first-run');
  expect(errors).toEqual([]);
});

test('a vendor that is down is said with the step, and starting over works', async ({ page }) => {
  await signIn(page);
  await setFault('down');
  await page.goto('/data-sources/new?vendor=amplitude&region=sandbox');
  await page.getByRole('button', { name: 'Authorize with Amplitude' }).click();
  await expect(page.getByRole('alert').first()).toContainText(/Amplitude|answer|reach/);
  await shoot(page, '03-vendor-down');
});

test('denied consent is said, with a way to start over', async ({ page, context }) => {
  await signIn(page);
  const consent = await openConsent(page, context);
  await shoot(consent, '04-consent');
  await consent.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByRole('button', { name: 'Start over' })).toBeVisible();
  await shoot(page, '05-denied');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('button', { name: 'Authorize with Amplitude' }).or(page.getByRole('link', { name: /^Connect/ }).first())).toBeVisible();
});

test('connect, ask, pin, reload, refresh', async ({ page, context }) => {
  const errors = watchConsole(page);
  await signIn(page);
  const consent = await openConsent(page, context);
  await shoot(page, '06-waiting');
  await consent.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('button', { name: 'Finish' })).toBeVisible();
  await expect(page.getByText('Northwind Media', { exact: true }).first()).toBeVisible();
  await shoot(page, '07-name');
  await page.getByLabel('Name', { exact: true }).fill('Product analytics');
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByText('Connected', { exact: true }).first()).toBeVisible();
  await shoot(page, '08-source');
  await page.getByRole('tab', { name: 'Tools' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'save_chart_edits' })).toContainText(/refused/i);
  await shoot(page, '09-tools');

  await page.goto('/');
  await expect(page.getByRole('textbox', { name: 'Question' })).toBeVisible();
  await shoot(page, '10-ask');
  await ask(page, 'Which segment has the highest 7-day retention?');
  await expect(page.getByRole('button', { name: 'Pin', exact: true })).toBeVisible({ timeout: 45_000 });
  await expect(page.locator('svg[role="img"], [role="img"] svg, [role="img"]').first()).toBeVisible();
  await expect(page.getByText('Sample data').first()).toBeVisible();
  await shoot(page, '11-answer');

  await page.getByText('How this was answered').first().click();
  await expect(page.getByText('query_amplitude_data').first()).toBeVisible();
  await shoot(page, '12-evidence');

  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Pin to dashboard' });
  await dialog.getByLabel('New dashboard name').fill('Growth weekly');
  await dialog.getByLabel('Tile title').fill('Retention by channel');
  await shoot(page, '13-pin');
  await dialog.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('link', { name: 'Open dashboard' }).click();

  const tile = page.getByRole('region', { name: 'Retention by channel' });
  await expect(tile).toBeVisible();
  await page.reload();
  await expect(tile.locator('svg').first()).toBeVisible();
  const refreshed = page.waitForResponse((response) => response.url().includes('/refresh') && response.request().method() === 'POST');
  await tile.getByRole('button', { name: 'Refresh' }).click();
  expect(((await (await refreshed).json()) as { state: string }).state).toBe('fresh');
  await shoot(page, '14-dashboard');
  expect(errors).toEqual([]);
});

test('the other two questions of the product page, a question back and a refusal', async ({ page }) => {
  await signIn(page);
  await ask(page, 'Compare engagement between paid and organic users');
  await expect(page.getByRole('button', { name: 'Pin', exact: true })).toBeVisible({ timeout: 45_000 });
  await shoot(page, '15-compare');

  await page.goto('/');
  await ask(page, 'Show conversion in the activation funnel');
  await expect(page.getByRole('button', { name: 'Pin', exact: true })).toBeVisible({ timeout: 45_000 });
  await shoot(page, '16-funnel');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Tile title').fill('Activation funnel');
  await page.getByRole('dialog').getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Open dashboard' })).toBeVisible();

  for (const [question, title] of [
    ['Weekly active users', 'Weekly active users'],
    ['How many purchases in the last 7 days compared to the previous 7 days?', 'Purchases'],
  ] as const) {
    await page.goto('/');
    await ask(page, question);
    await page.getByRole('button', { name: 'Pin', exact: true }).click({ timeout: 45_000 });
    await page.getByRole('dialog').getByLabel('Tile title').fill(title);
    await page.getByRole('dialog').getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }

  await page.goto('/');
  await ask(page, 'What is our NPS?');
  await expect(page.getByRole('heading', { name: 'What is our NPS?' }).or(page.getByText('What is our NPS?')).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pin', exact: true })).toBeHidden();
  await shoot(page, '17-declined');

  await page.goto('/dashboards');
  await page.getByRole('link', { name: 'Growth weekly' }).first().click();
  await expect(page.getByRole('region', { name: 'Activation funnel' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Purchases' })).toBeVisible();
  await shoot(page, '18-dashboard-full');
  await page.setViewportSize({ width: 360, height: 740 });
  await shoot(page, '19-dashboard-360');
});

test('disconnecting revokes at the vendor and freezes the tile with its last data', async ({ page }) => {
  await signIn(page);
  await page.goto('/data-sources');
  await page.getByRole('link', { name: 'Product analytics' }).first().click();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('dialog');
  await shoot(page, '20-disconnect');
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(page.getByText('Disconnected', { exact: true }).first()).toBeVisible();
  await shoot(page, '21-disconnected');
  expect((await sandboxGrants()).filter((grant) => !grant.revoked)).toEqual([]);

  await page.goto('/dashboards');
  await page.getByRole('link', { name: 'Growth weekly' }).first().click();
  const tile = page.getByRole('region', { name: 'Retention by channel' });
  await expect(tile.getByText(/disconnected/i).first()).toBeVisible();
  await expect(tile.locator('svg').first()).toBeVisible();
  await shoot(page, '22-frozen');
});
