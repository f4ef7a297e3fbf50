import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Authorization } from '@/api/types';
import { renderApp } from '@/testing/renderApp';
import { authorization, dataSource } from '@/testing/samples';
import { problem, server } from '@/testing/server';

const popup = { location: { href: '' }, focus: vi.fn(), close: vi.fn() };

const authorized = authorization({
  status: 'authorized',
  account: {
    organization: 'Northwind Media',
    user: 'ada@northwind.example',
    projects: [
      { id: 'p1', name: 'Northwind Player' },
      { id: 'p2', name: 'Northwind Web' },
    ],
  },
  tools: { allowed: 5, refused: 4 },
});

/** Answers each poll with the next state, and keeps answering with the last one. */
function polls(...states: Authorization[]) {
  let asked = 0;
  return http.get('/api/authorizations/a1', () => HttpResponse.json(states[Math.min(asked++, states.length - 1)]));
}

beforeEach(() => {
  popup.location.href = '';
  popup.close.mockReset();
  vi.spyOn(window, 'open').mockReturnValue(popup as unknown as Window);
});

test('choosing, authorizing in the popup and naming makes a data source', async () => {
  let started: unknown;
  let created: unknown;
  server.use(
    http.get('/api/data-sources', () => HttpResponse.json([])),
    http.post('/api/authorizations', async ({ request }) => {
      started = await request.json();
      return HttpResponse.json(authorization(), { status: 201 });
    }),
    polls(authorization(), authorization({ status: 'completing' }), authorized),
    http.post('/api/data-sources', async ({ request }) => {
      created = await request.json();
      return HttpResponse.json(dataSource(), { status: 201 });
    }),
    http.get('/api/data-sources/s1', () => HttpResponse.json(dataSource())),
  );
  const { user, address } = renderApp('/data-sources/new');

  const card = await screen.findByRole('article', { name: 'Amplitude' });
  await user.click(within(card).getByRole('button', { name: 'Connect' }));
  await user.click(screen.getByRole('radio', { name: 'Sandbox (sample data)' }));
  await user.click(screen.getByRole('button', { name: 'Authorize with Amplitude' }));

  expect(await screen.findByRole('heading', { name: 'Waiting for Amplitude…' })).toBeVisible();
  expect(started).toEqual({ vendor: 'amplitude', region: 'sandbox' });
  expect(popup.location.href).toBe('https://vendor.example/authorize');
  expect(address()).toBe('/data-sources/new?vendor=amplitude&region=sandbox&authorization=a1');

  const name = await screen.findByRole('textbox', { name: 'Name' }, { timeout: 6000 });
  expect(name).toHaveValue('Amplitude · Northwind Media');
  await user.click(screen.getByRole('button', { name: 'Finish' }));
  expect(await screen.findByText('Choose the project to ask questions about.')).toBeVisible();

  await user.click(screen.getByRole('radio', { name: 'Northwind Player' }));
  await user.click(screen.getByRole('button', { name: 'Finish' }));

  expect(await screen.findByRole('link', { name: 'Ask your first question' })).toHaveAttribute('href', '/?source=s1');
  expect(created).toEqual({ authorizationId: 'a1', name: 'Amplitude · Northwind Media', projectId: 'p1' });
  expect(address()).toBe('/data-sources/s1');
});

test('a denied consent names the step and starting over leads back to the region', async () => {
  server.use(
    polls(
      authorization(),
      authorization({
        status: 'failed',
        failure: { step: 'consent', title: 'Access was not allowed', detail: 'It was declined at Amplitude.' },
      }),
    ),
  );
  const { user, address } = renderApp('/data-sources/new?vendor=amplitude&region=sandbox&authorization=a1');

  const alert = await screen.findByRole('alert', {}, { timeout: 6000 });
  expect(alert).toHaveTextContent('Access was not allowed');
  expect(alert).toHaveTextContent('Failed step: consent');

  await user.click(screen.getByRole('button', { name: 'Start over' }));
  expect(await screen.findByRole('radio', { name: 'Sandbox (sample data)' })).toBeChecked();
  expect(address()).toBe('/data-sources/new?vendor=amplitude&region=sandbox');
});

test('a vendor that cannot be reached closes the empty popup and says which step failed', async () => {
  server.use(http.post('/api/authorizations', () => problem(502, 'vendor-unreachable', { title: 'Amplitude is down', step: 'discover' })));
  const { user } = renderApp('/data-sources/new?vendor=amplitude&region=us');

  await user.click(await screen.findByRole('button', { name: 'Authorize with Amplitude' }));

  expect(await screen.findByRole('alert')).toHaveTextContent('Failed step: finding the sign-in server');
  expect(popup.close).toHaveBeenCalledOnce();
});

test('a blocked popup leaves this tab as the way on', async () => {
  vi.spyOn(window, 'open').mockReturnValue(null);
  server.use(
    http.post('/api/authorizations', () => HttpResponse.json(authorization(), { status: 201 })),
    polls(authorization()),
  );
  const { user } = renderApp('/data-sources/new?vendor=amplitude&region=sandbox');

  await user.click(await screen.findByRole('button', { name: 'Authorize with Amplitude' }));
  await user.click(await screen.findByRole('button', { name: 'Open again' }));

  expect(await screen.findByText('The browser blocked the window')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Use this tab instead' })).toBeEnabled();
});

test('cancelling withdraws the authorization', async () => {
  let cancelled = false;
  server.use(
    polls(authorization()),
    http.delete('/api/authorizations/a1', () => {
      cancelled = true;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user, address } = renderApp('/data-sources/new?vendor=amplitude&region=sandbox&authorization=a1');

  await user.click(await screen.findByRole('button', { name: 'Cancel' }));

  await waitFor(() => expect(address()).toBe('/data-sources/new?vendor=amplitude&region=sandbox'));
  expect(cancelled).toBe(true);
});

test('after a redirect in this tab the wizard resumes from the authorization alone', async () => {
  server.use(
    polls(authorized),
    http.get('/api/data-sources', () => HttpResponse.json([])),
  );
  vi.spyOn(window, 'close').mockReturnValue();
  const { address } = renderApp('/oauth/done?authorization=a1');

  expect(await screen.findByRole('button', { name: 'Finish' })).toBeVisible();
  expect(address()).toBe('/data-sources/new?authorization=a1');
});
