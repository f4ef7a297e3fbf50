import { expect, test, type Locator, type Page } from '@playwright/test';
import { checkAccessible, connectServiceAccount, makeServiceAccount, setFault, shoot, signIn } from './product';

// A vendor that changes what it publishes: nothing of it is used before an owner has read it.
test.describe.configure({ mode: 'serial' });
test.afterEach(() => setFault('none'));

const source = 'Drifting';
const added = 'search_amp_entities';
const changed = 'get_amplitude_charts';

async function openTools(page: Page): Promise<void> {
  await page.goto('/data-sources');
  await page.getByRole('link', { name: source, exact: true }).click();
  await page.getByRole('tab', { name: 'Tools' }).click();
  await expect(page.getByRole('table', { name: `Tools of ${source}` })).toBeVisible();
}

/** Two looks within two seconds share an answer of the vendor, so a change may take another look. */
async function lookUntil(page: Page, sight: Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(sight).toBeVisible({ timeout: 8000 });
  }).toPass({ timeout: 60_000 });
}

const row = (page: Page, tool: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: tool }) });

test('a new tool and a changed one wait, with what changed, until each is approved', async ({ page }) => {
  await setFault('tool_removed', { tool: added, listed: false });
  await setFault('tool_changed', { tool: changed });
  await signIn(page);
  await connectServiceAccount(page, await makeServiceAccount('northwind'));
  await page.getByLabel('Name', { exact: true }).fill(source);
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('region', { name: 'State' })).toContainText('Connected');

  await setFault('none');
  await openTools(page);
  const panel = page.getByRole('region', { name: 'Changed definitions' });
  await lookUntil(page, panel.getByRole('heading', { name: '2 tools waiting for approval' }));
  await expect(row(page, added)).toContainText('Waiting for approval');
  await expect(row(page, changed)).toContainText('Waiting for approval');
  await expect(panel.getByRole('article', { name: changed })).toContainText('This definition has changed.');
  await shoot(page, '60-drift');
  await checkAccessible(page);

  await page.goto('/data-sources');
  await expect(page.getByRole('article', { name: source })).toContainText('2 waiting for approval');
  await openTools(page);

  await panel.getByRole('article', { name: changed }).getByRole('button', { name: 'Approve' }).click();
  await expect(row(page, changed)).toContainText('Allowed');
  await expect(row(page, added)).toContainText('Waiting for approval');
  await panel.getByRole('article', { name: added }).getByRole('button', { name: 'Approve' }).click();
  await expect(row(page, added)).toContainText('Allowed');
  await expect(panel).toBeHidden();

  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('list', { name: 'Events' })).toContainText(changed);
});

test('a tool that starts to say it writes is refused, and there is nothing to approve', async ({ page }) => {
  await setFault('tool_changed', { tool: changed });
  await signIn(page);
  await openTools(page);
  await lookUntil(page, row(page, changed).getByText('Refused', { exact: true }));
  const article = page.getByRole('region', { name: 'Changed definitions' }).getByRole('article', { name: changed });
  await expect(article).toContainText('This definition has changed.');
  await expect(article.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await shoot(page, '61-drift-refused');
});

test('an approval of a definition that changed meanwhile approves nothing', async ({ page }) => {
  await setFault('tool_removed', { tool: added, listed: false });
  await signIn(page);
  await connectServiceAccount(page, await makeServiceAccount('northwind'));
  await page.getByLabel('Name', { exact: true }).fill('Drifting twice');
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('region', { name: 'State' })).toContainText('Connected');
  await setFault('none');
  await page.getByRole('tab', { name: 'Tools' }).click();
  const article = page.getByRole('region', { name: 'Changed definitions' }).getByRole('article', { name: added });
  await lookUntil(page, article.getByRole('button', { name: 'Approve' }));

  await setFault('tool_changed', { tool: added });
  await page.waitForTimeout(2500); // How long the service takes an answer of the vendor for the newest.
  await article.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(row(page, added)).not.toContainText('Allowed');
  await shoot(page, '62-changed-meanwhile');
});
