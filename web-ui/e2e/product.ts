import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type BrowserContext, type Page } from '@playwright/test';

export const account = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery', workspace: 'Acme' };

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with tests/run.sh browser.`);
  return value;
}

const sandboxAdmin = () => setting('CLARIBI_SANDBOX_ADMIN');

export interface SandboxGrant {
  id: string;
  revoked: boolean;
}

export async function sandboxGrants(): Promise<SandboxGrant[]> {
  const response = await fetch(`${sandboxAdmin()}/grants`);
  return (await response.json()) as SandboxGrant[];
}

interface FaultDetails {
  /** For so many requests; 0: until it is switched off. */
  count?: number;
  tool?: string;
  /** Of `tool_removed`: whether the tool is still listed. */
  listed?: boolean;
}

/** Switches a fault of the sandbox on. */
export async function setFault(kind: string, { count = 0, ...details }: FaultDetails = {}): Promise<void> {
  const response = await fetch(`${sandboxAdmin()}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, count, ...details }),
  });
  expect(response.ok, await response.text()).toBe(true);
}

/** Keeps a picture of the screen among the artefacts. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(setting('CLARIBI_SHOTS'), `${name}.png`), fullPage: true });
}

/** Collects what the page writes to the console as an error; a journey ends with none. */
export function watchConsole(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

export async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Email').fill(account.email);
  await page.locator('input[type="password"]').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** From the vendor's card to its consent page, past the sign-in page; both open in a popup. */
export async function openConsent(page: Page, context: BrowserContext): Promise<Page> {
  await page.goto('/data-sources');
  await page.getByRole('link', { name: 'Add data source' }).or(page.getByRole('button', { name: 'Add data source' })).first().click();
  await expect(page.getByRole('tab', { name: 'MCP Servers' })).toBeVisible();
  await page.getByRole('article', { name: 'Amplitude', exact: true }).getByRole('button', { name: 'Connect' }).click();
  return consentOf(page, context);
}

/** From the wizard's second step to the vendor's consent page; reconnecting starts here too. */
export async function consentOf(page: Page, context: BrowserContext): Promise<Page> {
  await page.getByRole('radio', { name: 'Sandbox (sample data)' }).check();
  const popup = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Authorize with Amplitude' }).click();
  return signInAtVendor(await popup);
}

/** The vendor asks who it is first; the accounts of the sandbox have no passwords. */
export async function signInAtVendor(page: Page): Promise<Page> {
  await page.waitForURL(/\/authorize/);
  await page.getByRole('button', { name: '@' }).first().click();
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
  return page;
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
}

export interface ServiceAccount {
  client_id: string;
  client_secret: string;
}

export async function makeServiceAccount(organisation: string): Promise<ServiceAccount> {
  const response = await fetch(`${sandboxAdmin()}/service-accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'ClariBI nightly', organisation, region: 'us' }),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as ServiceAccount;
}

/** Up to the last step of the wizard, without a popup. */
export async function connectServiceAccount(page: Page, { client_id: id, client_secret: secret }: ServiceAccount): Promise<void> {
  await page.goto('/data-sources/new?vendor=amplitude&region=sandbox');
  await page.getByRole('radio', { name: 'Connect with a service account' }).check();
  await page.getByRole('textbox', { name: 'Client ID' }).fill(id);
  await page.getByLabel('Client secret').fill(secret);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Finish' })).toBeVisible();
}

/** What the browser itself keeps: nothing secret may be among it. */
export async function browserStorage(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify({ ...window.localStorage, ...window.sessionStorage, history: window.history.state, at: location.href }));
}

/** No serious finding of axe on the page as it is. */
export async function checkAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
