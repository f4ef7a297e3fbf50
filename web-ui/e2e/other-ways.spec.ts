import { expect, test } from '@playwright/test';
import { openConsent, shoot, signIn, signInAtVendor, watchConsole } from './product';

// Popups get lost: each way on that the waiting page offers has to end where the popup would have.
test.describe.configure({ mode: 'serial' });

test('a popup closed early is opened again, and the sign-in goes on where it was', async ({ page, context }) => {
  const errors = watchConsole(page);
  await signIn(page);
  const lost = await openConsent(page, context);
  await lost.close();
  await expect(page.getByRole('heading', { name: 'Waiting for Amplitude…' })).toBeVisible();

  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open again' }).click();
  const consent = await opened;
  await consent.waitForURL(/\/authorize/);
  // Signed in at the vendor already: it asks for consent at once.
  await consent.getByRole('button', { name: 'Allow' }).click();

  await expect(page.getByRole('button', { name: 'Finish' })).toBeVisible();
  await expect.poll(() => context.pages().length).toBe(1);
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('button', { name: 'Authorize with Amplitude' })).toBeVisible();
  expect(errors).toEqual([]);
});

test('a blocked popup is said, and this tab leads there and back', async ({ page, context }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await signIn(page);
  await page.goto('/data-sources/new?vendor=amplitude&region=sandbox');
  await page.getByRole('button', { name: 'Authorize with Amplitude' }).click();
  await expect(page.getByText('The browser blocked the window')).toBeVisible();
  await shoot(page, '50-blocked');

  await page.getByRole('button', { name: 'Use this tab instead' }).click();
  await signInAtVendor(page);
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('button', { name: 'Finish' })).toBeVisible();
  await expect(page).toHaveURL(/authorization=/);
  expect(context.pages()).toHaveLength(1);
  await shoot(page, '51-back-in-this-tab');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('button', { name: 'Authorize with Amplitude' })).toBeVisible();
});

test('denying in this tab comes back to the wizard with the reason', async ({ page }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await signIn(page);
  await page.goto('/data-sources/new?vendor=amplitude&region=sandbox');
  await page.getByRole('button', { name: 'Authorize with Amplitude' }).click();
  await page.getByRole('button', { name: 'Use this tab instead' }).click();
  await signInAtVendor(page);
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByRole('alert')).toContainText('Failed step: consent');
});

test('the way back that nobody started says so and leads to the wizard', async ({ page }) => {
  await signIn(page);
  await page.goto('/api/oauth/callback?state=made-up&code=made-up');
  await expect(page.getByRole('heading', { name: 'This sign-in is not known here' })).toBeVisible();
  await shoot(page, '52-unknown-sign-in');
  await page.getByRole('link', { name: 'Start over' }).click();
  await expect(page.getByRole('heading', { name: 'Add data source' })).toBeVisible();
});
