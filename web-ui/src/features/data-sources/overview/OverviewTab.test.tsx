import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { DataSource } from '@/api/types';
import { renderApp } from '@/testing/renderApp';
import { dataSource, memberSession } from '@/testing/samples';
import { problem, server } from '@/testing/server';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

function shows(source: DataSource, timeline: unknown[] = []) {
  server.use(
    http.get('/api/data-sources/s1', () => HttpResponse.json(source)),
    http.get('/api/data-sources/s1/timeline', () => HttpResponse.json(timeline)),
    http.get('/api/data-sources', () => HttpResponse.json([source])),
  );
}

test('state, cause, way out, timeline, identity and grant are shown', async () => {
  shows(
    dataSource({
      state: 'needs_reauthorization',
      stateReason: 'Amplitude ended the grant.',
      fix: 'Reconnect.',
      serverUrl: 'https://us.example/mcp',
      organizationId: 'org-1',
      consentedAt: daysAgo(12),
      grant: { issuedAt: daysAgo(12), refreshedAt: daysAgo(1), expiresAt: null, scopes: ['mcp:read'] },
    }),
    [
      { id: 'e2', at: daysAgo(1), kind: 'needs_reauthorization', title: 'The grant ended', detail: 'invalid_grant' },
      { id: 'e1', at: daysAgo(12), kind: 'consented', title: 'Access was allowed', by: 'Ada' },
    ],
  );
  renderApp('/data-sources/s1');

  const state = await screen.findByRole('region', { name: 'State' });
  expect(state).toHaveTextContent('Needs a new sign-in');
  expect(state).toHaveTextContent('Amplitude ended the grant.What to do: Reconnect.');
  const timeline = screen.getByRole('region', { name: 'Health timeline' });
  expect(timeline).toHaveTextContent('12 days since consent');
  expect(await within(timeline).findByText('The grant ended')).toBeVisible();
  expect(timeline).toHaveTextContent('Access was allowed by Ada');
  expect(screen.getByRole('region', { name: 'Identity' })).toHaveTextContent('https://us.example/mcp');
  expect(screen.getByRole('region', { name: 'Grant' })).toHaveTextContent('mcp:read');
});

test('renaming and changing the project send only what changed', async () => {
  const sent: unknown[] = [];
  shows(dataSource());
  server.use(
    http.get('/api/data-sources/s1/projects', () =>
      HttpResponse.json([
        { id: 'p1', name: 'Northwind Player' },
        { id: 'p2', name: 'Northwind Web', timeZone: 'Europe/London' },
      ]),
    ),
    http.patch('/api/data-sources/s1', async ({ request }) => {
      const change = (await request.json()) as { name?: string };
      sent.push(change);
      return HttpResponse.json(dataSource(change.name ? { name: change.name } : { project: { id: 'p2', name: 'Northwind Web' } }));
    }),
  );
  const { user } = renderApp('/data-sources/s1');

  await user.click(await screen.findByRole('button', { name: 'Rename' }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await user.clear(name);
  await user.type(name, 'Player');
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Rename' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

  await user.click(screen.getByRole('button', { name: 'Change project' }));
  const dialog = await screen.findByRole('dialog', { name: 'Change project' });
  await user.click(await within(dialog).findByRole('radio', { name: 'Northwind Web' }));
  await user.click(within(dialog).getByRole('button', { name: 'Change project' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

  expect(sent).toEqual([{ name: 'Player' }, { projectId: 'p2' }]);
});

test('a project that was never chosen is asked for first', async () => {
  shows(dataSource({ state: 'degraded', stateCode: 'project_not_selected', stateReason: 'No project is chosen.', project: null }));
  server.use(http.get('/api/data-sources/s1/projects', () => problem(502, 'vendor-unreachable')));
  const { user } = renderApp('/data-sources/s1');

  await user.click(await screen.findByRole('button', { name: 'Choose the project' }));
  expect(await within(await screen.findByRole('dialog')).findByRole('alert', {}, { timeout: 9000 })).toHaveTextContent('For a reason.');
});

test('the credential access log is read only when it is opened', async () => {
  let asked = 0;
  shows(dataSource());
  server.use(
    http.get('/api/data-sources/s1/credential-access', () => {
      asked++;
      return HttpResponse.json([
        { at: '2026-11-22T12:00:00Z', service: 'connector', purpose: 'call query_dataset', outcome: 'granted', generation: 3 },
      ]);
    }),
  );
  const { user } = renderApp('/data-sources/s1');

  const summary = await screen.findByText('Who used the credential');
  expect(asked).toBe(0);
  await user.click(summary);
  expect(await screen.findByRole('row', { name: /call query_dataset/ })).toHaveTextContent('granted');
});

test('a member is told why they cannot end what somebody else connected', async () => {
  server.use(http.get('/api/session', () => HttpResponse.json(memberSession())));
  shows(dataSource({ createdBy: 'Grace', mayEnd: false }));
  renderApp('/data-sources/s1');

  const disconnect = await screen.findByRole('button', { name: 'Disconnect' });
  expect(disconnect).toBeDisabled();
  expect(disconnect).toHaveAccessibleDescription('Only owners of the workspace can disconnect what Grace connected. Ask one of them.');
});

test('a member may end what the server lets them end', async () => {
  server.use(http.get('/api/session', () => HttpResponse.json(memberSession())));
  shows(dataSource({ state: 'disconnected', createdBy: 'Grace', mayEnd: true }));
  renderApp('/data-sources/s1');
  expect(await screen.findByRole('button', { name: 'Delete' })).toBeEnabled();
});

test('an unknown tab in the address is the overview', async () => {
  shows(dataSource());
  renderApp('/data-sources/s1?tab=nothing');

  expect(await screen.findByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true');
});
