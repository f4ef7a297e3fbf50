import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { renderApp } from '@/testing/renderApp';
import { dataSource } from '@/testing/samples';
import { problem, server } from '@/testing/server';
import type { DataSource } from '@/api/types';

const lists = (...sources: DataSource[]) => server.use(http.get('/api/data-sources', () => HttpResponse.json(sources)));

test('none yet teaches what adding one means', async () => {
  lists();
  renderApp('/data-sources');

  expect(await screen.findByRole('heading', { name: 'No data sources yet' })).toBeVisible();
  expect(screen.getByRole('link', { name: /troubleshooting table/ })).toHaveAttribute('href', '/data-sources/troubleshooting');
});

test('a list that cannot be read offers another try', async () => {
  server.use(http.get('/api/data-sources', () => problem(403, 'forbidden')));
  renderApp('/data-sources');

  expect(await screen.findByRole('alert')).toHaveTextContent('For a reason.');
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a server that answers and a grant that ended are told apart, and the way on is one click', async () => {
  lists(
    dataSource({
      state: 'needs_reauthorization',
      stateCode: 'grant_ended',
      stateReason: 'Amplitude ended the grant.',
      fix: 'Reconnect and sign in again.',
      reachable: { ok: true, checkedAt: '2026-11-22T12:00:00Z' },
      serviceAccount: true,
      toolsPending: 2,
    }),
  );
  renderApp('/data-sources');

  const card = await screen.findByRole('article', { name: 'Amplitude · Northwind Media' });
  expect(card).toHaveTextContent('Needs a new sign-in');
  expect(card).toHaveTextContent('Amplitude · Northwind Media · Northwind Player · Sandbox');
  const health = within(card).getByRole('list', { name: 'Health' });
  expect(health).toHaveTextContent('Server reachable');
  expect(health).toHaveTextContent('Not authorized');
  expect(card).toHaveTextContent('Amplitude ended the grant.What to do: Reconnect and sign in again.');
  expect(card).toHaveTextContent('Service account');
  expect(card).toHaveTextContent('Sample data');
  expect(card).toHaveTextContent('5 tools read-only · 2 waiting for approval · writes sent: 0');
  expect(within(card).getByRole('link', { name: 'Reconnect' })).toHaveAttribute(
    'href',
    '/data-sources/new?vendor=amplitude&region=sandbox&source=s1',
  );
});

test('a degraded source says when it is tried again', async () => {
  lists(
    dataSource({
      state: 'degraded',
      stateReason: 'Amplitude does not answer.',
      reachable: { ok: false, checkedAt: '2026-11-22T12:00:00Z' },
      retryAt: new Date(Date.now() + 125_000).toISOString(),
    }),
  );
  renderApp('/data-sources');

  const card = await screen.findByRole('article');
  expect(card).toHaveTextContent('Server not reachable');
  expect(card).toHaveTextContent('Authorized');
  expect(card).toHaveTextContent('ClariBI tries again in 2 minutes.');
});

test('two connections that look the same can be told apart', async () => {
  lists(dataSource({ id: 'aaaaaaaa-1' }), dataSource({ id: 'bbbbbbbb-2' }), dataSource({ id: 'cccccccc-3', name: 'Another' }));
  renderApp('/data-sources');

  expect(await screen.findByRole('article', { name: 'Amplitude · Northwind Media (aaaaaaaa)' })).toBeVisible();
  expect(screen.getByRole('article', { name: 'Amplitude · Northwind Media (bbbbbbbb)' })).toBeVisible();
  expect(screen.getByRole('article', { name: 'Another' })).toBeVisible();
});

test('the troubleshooting table names signs, causes and ways out', async () => {
  renderApp('/data-sources/troubleshooting');

  const table = await screen.findByRole('table', { name: /Problems of connecting/ });
  expect(within(table).getByRole('row', { name: /Project not selected/ })).toHaveTextContent('Change project');
});
