import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { EncryptionKeys, KeyRotation } from '@/api/types';
import { renderApp } from '@/testing/renderApp';
import { session } from '@/testing/samples';
import { problem, server } from '@/testing/server';

const keys = (changes: Partial<EncryptionKeys> = {}): EncryptionKeys => ({
  provider: 'key_file',
  current: 'v2',
  versions: [
    { version: 'v1', current: false, grants: 3 },
    { version: 'v2', current: true, grants: 1 },
  ],
  ...changes,
});

const rotation = (changes: Partial<KeyRotation> = {}): KeyRotation => ({
  id: 'r1',
  startedAt: '2026-11-22T12:00:00Z',
  to: 'v3',
  total: 4,
  done: 1,
  failed: 0,
  ...changes,
});

test('the owner reaches the keys from the account menu', async () => {
  server.use(
    http.get('/api/encryption-keys', () => HttpResponse.json(keys())),
    http.get('/api/data-sources', () => HttpResponse.json([])),
  );
  const { user } = renderApp('/data-sources');

  await user.click(await screen.findByRole('button', { name: 'Account: Ada' }));
  await user.click(screen.getByRole('menuitem', { name: 'Encryption keys' }));
  expect(await screen.findByRole('region', { name: 'Keys' })).toHaveTextContent('A key file on the server');
  expect(screen.getByRole('row', { name: /v1/ })).toHaveTextContent('Opens older grants3');
});

test('rotating is confirmed, followed, and told when it has finished', async () => {
  let sent: unknown;
  let current = keys();
  server.use(
    http.get('/api/encryption-keys', () => {
      const answer = current;
      if (current.rotation) current = keys({ rotation: rotation({ done: 4, failed: 1, finishedAt: '2026-11-22T12:01:00Z' }) });
      return HttpResponse.json(answer);
    }),
    http.post('/api/encryption-keys/rotations', async ({ request }) => {
      sent = await request.json();
      current = keys({ rotation: rotation() });
      return HttpResponse.json(rotation(), { status: 202 });
    }),
  );
  const { user } = renderApp('/settings/encryption-keys');

  await user.click(await screen.findByRole('button', { name: 'Rotate the key' }));
  const dialog = await screen.findByRole('dialog', { name: 'Rotate the key' });
  await user.click(within(dialog).getByRole('button', { name: 'Rotate' }));

  expect(await screen.findByText(/1 of 4 credentials re-encrypted with version v3, started/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Rotate the key' })).toBeDisabled();
  expect(await screen.findByText(/4 of 4 credentials re-encrypted with version v3, finished/)).toBeVisible();
  expect(screen.getByText('1 credential could not be re-encrypted')).toBeVisible();
  expect(sent).toEqual({ newKey: true });
});

test('an owner of another workspace than the first is told who looks after the keys, and finds no menu item', async () => {
  server.use(
    http.get('/api/session', () => HttpResponse.json(session({ runsInstallation: false }))),
    http.get('/api/data-sources', () => HttpResponse.json([])),
  );
  const { user } = renderApp('/settings/encryption-keys');

  expect(await screen.findByRole('heading', { name: 'The encryption keys belong to the whole installation' })).toBeVisible();
  await user.click(await screen.findByRole('button', { name: 'Account: Ada' }));
  expect(await screen.findByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  expect(screen.queryByRole('menuitem', { name: 'Encryption keys' })).not.toBeInTheDocument();
});

test('a vault that does not answer is said', async () => {
  server.use(http.get('/api/encryption-keys', () => problem(403, 'installation-only')));
  renderApp('/settings/encryption-keys');

  expect(await screen.findByRole('alert')).toHaveTextContent('For a reason.');
});
