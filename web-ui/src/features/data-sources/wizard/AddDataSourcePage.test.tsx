import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Authorization } from '@/api/types';
import { renderApp } from '@/testing/renderApp';
import { authorization, customVendor, dataSource, memberSession, vendor } from '@/testing/samples';
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
    http.get('/api/data-sources/s1/timeline', () => HttpResponse.json([])),
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

test('a server that signs people in elsewhere is named with that host, and connected once the owner agrees', async () => {
  const sent: unknown[] = [];
  server.use(
    http.get('/api/vendors', () => HttpResponse.json([customVendor()])),
    http.post('/api/authorizations', async ({ request }) => {
      sent.push(await request.json());
      return sent.length === 1
        ? problem(409, 'sign-in-elsewhere', { title: 'mcp.acme.example lets people sign in at login.idp.example.', step: 'discover', confirm: 'login.idp.example' })
        : HttpResponse.json(authorization({ vendor: 'custom' }), { status: 201 });
    }),
    polls(authorization({ vendor: 'custom' })),
  );
  const { user } = renderApp('/data-sources/new?vendor=custom');

  await user.type(await screen.findByRole('textbox', { name: 'Server URL' }), 'https://mcp.acme.example/mcp');
  await user.click(screen.getByRole('button', { name: 'Authorize with the server' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('mcp.acme.example lets people sign in at login.idp.example.');
  expect(popup.close).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'Go on with login.idp.example' }));

  expect(await screen.findByRole('heading', { name: /^Waiting for/ })).toBeVisible();
  expect(sent).toEqual([
    { vendor: 'custom', serverUrl: 'https://mcp.acme.example/mcp' },
    { vendor: 'custom', serverUrl: 'https://mcp.acme.example/mcp', confirm: 'login.idp.example' },
  ]);
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

test('a server that asks nobody to sign in goes straight on, without a popup left open', async () => {
  server.use(
    http.post('/api/authorizations', () => HttpResponse.json({ ...authorized, authorizeUrl: null }, { status: 201 })),
    polls({ ...authorized, authorizeUrl: null }),
    http.get('/api/data-sources', () => HttpResponse.json([])),
  );
  const { user } = renderApp('/data-sources/new?vendor=amplitude&region=us');

  await user.click(await screen.findByRole('button', { name: 'Authorize with Amplitude' }));

  expect(await screen.findByRole('button', { name: 'Finish' })).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Waiting for Amplitude…' })).not.toBeInTheDocument();
  expect(popup.close).toHaveBeenCalledOnce();
  expect(popup.location.href).toBe('');
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

test('search and category narrow the catalogue, and a vendor that needs an app of your own says so', async () => {
  server.use(
    http.get('/api/vendors', () =>
      HttpResponse.json([vendor(), vendor({ id: 'ga', name: 'Google Analytics', category: 'Web analytics', needsClient: true }), customVendor()]),
    ),
  );
  const { user, address } = renderApp('/data-sources/new');

  const card = await screen.findByRole('article', { name: 'Google Analytics' });
  expect(card).toHaveTextContent('Needs an app of your own');
  expect(screen.queryByRole('article', { name: 'Custom server' })).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Web analytics' }));
  expect(screen.queryByRole('article', { name: 'Amplitude' })).not.toBeInTheDocument();
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'nothing');
  expect(screen.getByText(/No vendor matches/)).toBeVisible();
  expect(address()).toBe('/data-sources/new?q=nothing&category=Web+analytics');
});

test('a custom server asks for a proper address, opens the popup and keeps the address out of ours', async () => {
  let started: unknown;
  server.use(
    http.get('/api/vendors', () => HttpResponse.json([vendor(), customVendor()])),
    http.post('/api/authorizations', async ({ request }) => {
      started = await request.json();
      return HttpResponse.json(authorization({ vendor: 'custom', region: '', serverUrl: 'https://mcp.acme.example/mcp' }), { status: 201 });
    }),
    polls(authorization({ vendor: 'custom', region: '', serverUrl: 'https://mcp.acme.example/mcp' })),
  );
  const { user, address } = renderApp('/data-sources/new');

  await user.click(await screen.findByRole('tab', { name: 'Custom server' }));
  const url = screen.getByRole('textbox', { name: 'Server URL' });
  await user.type(url, 'http://mcp.acme.example/mcp');
  await user.click(screen.getByRole('button', { name: 'Authorize with the server' }));
  expect(screen.getByText('The address has to start with https://.')).toBeVisible();
  expect(window.open).not.toHaveBeenCalled();

  await user.clear(url);
  await user.type(url, 'mcp.acme.example/mcp{Enter}');
  expect(await screen.findByRole('heading', { name: 'Waiting for the server…' })).toBeVisible();
  expect(started).toEqual({ vendor: 'custom', serverUrl: 'https://mcp.acme.example/mcp' });
  expect(address()).toBe('/data-sources/new?vendor=custom&authorization=a1');
});

test('members are told why they cannot connect a custom server', async () => {
  server.use(
    http.get('/api/session', () => HttpResponse.json(memberSession())),
    http.get('/api/vendors', () => HttpResponse.json([vendor({ ownerOnly: true }), customVendor()])),
  );
  const { user } = renderApp('/data-sources/new');

  const card = await screen.findByRole('article', { name: 'Amplitude' });
  expect(within(card).getByRole('button', { name: 'Connect' })).toBeDisabled();
  expect(card).toHaveTextContent('Only owners of the workspace can connect Amplitude.');
  await user.click(screen.getByRole('tab', { name: 'Custom server' }));
  expect(screen.getByRole('heading', { name: 'Only owners connect custom servers' })).toBeVisible();
});

test('a vendor without registration asks for a client, shows the redirect address and the admin step', async () => {
  let started: unknown;
  server.use(
    http.get('/api/vendors', () => HttpResponse.json([vendor({ needsClient: true, adminStep: 'Allow MCP in the settings.' })])),
    http.post('/api/authorizations', async ({ request }) => {
      started = await request.json();
      return HttpResponse.json(authorization(), { status: 201 });
    }),
    polls(authorization()),
  );
  const { user } = renderApp('/data-sources/new?vendor=amplitude&region=us');

  expect(await screen.findByText('Allow MCP in the settings.')).toBeVisible();
  expect(screen.getByText(`${window.location.origin}/api/oauth/callback`)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Copy the redirect address' }));
  expect(await screen.findByText('Copied')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Authorize with Amplitude' }));
  expect(screen.getByText('Enter the client ID.')).toBeVisible();
  await user.type(screen.getByRole('textbox', { name: 'Client ID' }), 'my-app');
  await user.type(screen.getByLabelText(/^Client secret/), 's3cret');
  await user.click(screen.getByRole('button', { name: 'Authorize with Amplitude' }));

  expect(await screen.findByRole('heading', { name: 'Waiting for Amplitude…' })).toBeVisible();
  expect(started).toEqual({ vendor: 'amplitude', region: 'us', client: { id: 'my-app', secret: 's3cret' } });
});

test('a service account connects without a popup and leaves its secret nowhere', async () => {
  let sent: unknown;
  const ready = authorization({ ...authorized, serviceAccount: true });
  server.use(
    http.get('/api/vendors', () => HttpResponse.json([vendor({ serviceAccounts: true })])),
    http.get('/api/data-sources', () => HttpResponse.json([])),
    http.post('/api/authorizations/service-account', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(ready, { status: 201 });
    }),
    polls(ready),
  );
  const { user, address } = renderApp('/data-sources/new?vendor=amplitude&region=us');

  await user.click(await screen.findByRole('radio', { name: 'Connect with a service account' }));
  await user.click(screen.getByRole('button', { name: 'Connect' }));
  expect(screen.getByText('Enter the client secret.')).toBeVisible();
  await user.type(screen.getByRole('textbox', { name: 'Client ID' }), 'robot');
  await user.type(screen.getByLabelText(/^Client secret/), 's3cret');
  expect(screen.getByLabelText(/^Client secret/)).toHaveAttribute('type', 'password');
  await user.click(screen.getByRole('button', { name: 'Connect' }));

  expect(await screen.findByRole('button', { name: 'Finish' })).toBeVisible();
  expect(screen.getByText('Service account ada@northwind.example')).toBeVisible();
  expect(sent).toEqual({ vendor: 'amplitude', region: 'us', clientId: 'robot', clientSecret: 's3cret' });
  expect(window.open).not.toHaveBeenCalled();
  expect(address()).not.toContain('s3cret');
  expect(JSON.stringify({ ...window.sessionStorage, ...window.localStorage })).not.toContain('s3cret');
});

test('after an abandoned sign-in a fresh registration is offered, in a popup opened by the click', async () => {
  let started: unknown;
  let cancelled = false;
  server.use(
    polls(authorization({ suspect: true })),
    http.post('/api/authorizations', async ({ request }) => {
      started = await request.json();
      return HttpResponse.json(authorization({ id: 'a2', authorizeUrl: 'https://vendor.example/fresh' }), { status: 201 });
    }),
    http.get('/api/authorizations/a2', () => HttpResponse.json(authorization({ id: 'a2' }))),
    http.delete('/api/authorizations/a1', () => {
      cancelled = true;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user, address } = renderApp('/data-sources/new?vendor=amplitude&region=sandbox&authorization=a1');

  await user.click(await screen.findByRole('button', { name: 'Start over with a fresh registration' }));

  await waitFor(() => expect(address()).toBe('/data-sources/new?vendor=amplitude&region=sandbox&authorization=a2'));
  expect(started).toEqual({ vendor: 'amplitude', region: 'sandbox', startOver: true });
  expect(popup.location.href).toBe('https://vendor.example/fresh');
  await waitFor(() => expect(cancelled).toBe(true));
});

test('a reconnect that comes back as another organization is not finished without a word', async () => {
  let created: unknown;
  server.use(
    polls(authorization({ ...authorized, organizationChange: { from: 'Southwind', to: 'Northwind Media' } })),
    http.get('/api/data-sources', () => HttpResponse.json([dataSource()])),
    http.get('/api/data-sources/s1', () => HttpResponse.json(dataSource())),
    http.get('/api/data-sources/s1/timeline', () => HttpResponse.json([])),
    http.post('/api/data-sources', async ({ request }) => {
      created = await request.json();
      return HttpResponse.json(dataSource());
    }),
  );
  const { user, address } = renderApp('/data-sources/new?vendor=amplitude&region=sandbox&authorization=a1&source=s1');

  expect(await screen.findByText('This is another organization')).toBeVisible();
  expect(screen.getByRole('radio', { name: 'Northwind Player' })).toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Finish' }));
  expect(screen.getByText('Confirm the other organization, or start over.')).toBeVisible();
  expect(created).toBeUndefined();

  await user.click(screen.getByRole('checkbox', { name: 'Connect this data source to Northwind Media from now on' }));
  await user.click(screen.getByRole('button', { name: 'Finish' }));
  await waitFor(() => expect(address()).toBe('/data-sources/s1'));
  expect(created).toMatchObject({ authorizationId: 'a1', projectId: 'p1', confirmOrganizationChange: true });
});

test('a change of organization that only the server noticed asks for the same word', async () => {
  server.use(
    polls(authorized),
    http.get('/api/data-sources', () => HttpResponse.json([dataSource()])),
    http.post('/api/data-sources', () => problem(409, 'other-organization', { from: 'Southwind', to: 'Northwind Media' })),
  );
  const { user } = renderApp('/data-sources/new?vendor=amplitude&region=sandbox&authorization=a1&source=s1');

  await user.click(await screen.findByRole('button', { name: 'Finish' }));

  expect(await screen.findByRole('checkbox', { name: 'Connect this data source to Northwind Media from now on' })).not.toBeChecked();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a reconnect in this tab still knows what it reconnects after the redirect', async () => {
  server.use(
    http.get('/api/data-sources', () => HttpResponse.json([dataSource()])),
    http.get('/api/data-sources/s1', () => HttpResponse.json(dataSource())),
    http.post('/api/authorizations', () => HttpResponse.json(authorization(), { status: 201 })),
    polls(authorization(), authorized),
  );
  const first = renderApp('/data-sources/new?vendor=amplitude&region=sandbox&source=s1');
  expect(await screen.findByText('Reconnecting Amplitude · Northwind Media')).toBeVisible();
  await first.user.click(screen.getByRole('button', { name: 'Authorize with Amplitude' }));
  await screen.findByRole('heading', { name: 'Waiting for Amplitude…' });
  cleanup();

  vi.spyOn(window, 'close').mockReturnValue();
  const { address } = renderApp('/oauth/done?authorization=a1');
  expect(await screen.findByRole('heading', { name: 'Check the account' })).toBeVisible();
  expect(address()).toBe('/data-sources/new?authorization=a1&source=s1');
});
