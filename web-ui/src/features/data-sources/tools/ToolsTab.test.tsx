import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import type { ToolList } from '@/api/types';
import { renderApp } from '@/testing/renderApp';
import { dataSource, memberSession, tool, toolList } from '@/testing/samples';
import { problem, server } from '@/testing/server';

const refused = tool({ name: 'save_chart', verdict: 'refused', layer: 'name', reason: '“save” writes.', canSwitch: false, enabled: false });
const changed = tool({
  name: 'get_charts',
  verdict: 'quarantined',
  layer: 'pin',
  reason: 'Its definition changed.',
  hash: 'h2',
  change: 'changed',
  changes: [{ path: 'description', before: 'Lists charts.', after: 'Lists charts and deletes old ones.' }],
});

const publishes = (list: ToolList) => server.use(http.get('/api/data-sources/s1/tools', () => HttpResponse.json(list)));

beforeEach(() => {
  server.use(http.get('/api/data-sources/s1', () => HttpResponse.json(dataSource())));
});

async function openTools(address = '/data-sources/s1?tab=tools') {
  const app = renderApp(address);
  const table = await screen.findByRole('table', { name: /^Tools of/ });
  return { ...app, table };
}

test('every tool has its verdict, its layer in plain words, its reason and what it admits', async () => {
  publishes(toolList([tool({ verdict: 'narrowed', admittedValues: { action: ['list', 'get'] } }), refused]));
  const { table } = await openTools();

  const narrowed = within(table).getByRole('row', { name: /query_dataset/ });
  expect(narrowed).toHaveTextContent('Narrowed');
  expect(narrowed).toHaveTextContent('What is known about the vendor');
  expect(narrowed).toHaveTextContent('action may only be list, get');
  const denied = within(table).getByRole('row', { name: /save_chart/ });
  expect(denied).toHaveTextContent('The words of its name“save” writes.');
  expect(within(denied).queryByRole('switch')).not.toBeInTheDocument();
});

test('the list is filtered by text and by verdict, and the verdict stays in the address', async () => {
  publishes(toolList([tool(), refused]));
  const { user, table, address } = await openTools();

  await user.type(screen.getByRole('searchbox', { name: 'Filter' }), 'save');
  expect(within(table).queryByRole('row', { name: /query_dataset/ })).not.toBeInTheDocument();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Verdict' }), 'Allowed (1)');
  expect(screen.getByText(/No tool matches/)).toBeVisible();
  expect(address()).toBe('/data-sources/s1?tab=tools&verdict=allowed');
});

test('switching a tool off asks the server, and a refusal is said', async () => {
  let sent: unknown;
  publishes(toolList([tool()]));
  server.use(
    http.put('/api/data-sources/s1/tools/query_dataset', async ({ request }) => {
      sent = await request.json();
      return problem(409, 'tool-refused');
    }),
  );
  const { user } = await openTools();

  await user.click(screen.getByRole('switch', { name: 'Use query_dataset' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('For a reason.');
  expect(sent).toEqual({ enabled: false });
});

test('a changed definition is on top with its difference, and is approved by the hash that was read', async () => {
  let sent: unknown;
  let list = toolList([changed, tool()]);
  server.use(
    http.get('/api/data-sources/s1/tools', () => HttpResponse.json(list)),
    http.post('/api/data-sources/s1/tools/get_charts/approval', async ({ request }) => {
      sent = await request.json();
      list = toolList([tool()]);
      return HttpResponse.json(tool({ name: 'get_charts' }));
    }),
  );
  const { user } = await openTools();

  const section = screen.getByRole('region', { name: 'Changed definitions' });
  expect(within(section).getByRole('heading', { name: '1 tool waiting for approval' })).toBeVisible();
  expect(within(section).getByText('and deletes old ones', { exact: false }).tagName).toBe('INS');
  await user.click(within(section).getByRole('button', { name: 'Approve' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Changed definitions' })).not.toBeInTheDocument());
  expect(sent).toEqual({ hash: 'h2' });
});

test('a definition that changed while it was read is not approved', async () => {
  publishes(toolList([changed]));
  server.use(http.post('/api/data-sources/s1/tools/get_charts/approval', () => problem(409, 'definition-changed')));
  const { user } = await openTools();

  await user.click(screen.getByRole('button', { name: 'Approve' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Read it again before you approve it.');
});

test('several are approved at once', async () => {
  let sent: unknown;
  publishes(toolList([changed, { ...changed, name: 'get_cohorts', hash: 'h3', change: 'new', changes: null }]));
  server.use(
    http.post('/api/data-sources/s1/tools/approvals', async ({ request }) => {
      sent = await request.json();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = await openTools();

  await user.click(screen.getByRole('button', { name: 'Approve all 2' }));
  await waitFor(() =>
    expect(sent).toEqual({
      all: [
        { name: 'get_charts', hash: 'h2' },
        { name: 'get_cohorts', hash: 'h3' },
      ],
    }),
  );
});

test('reading about single people is explained and confirmed before it is switched on', async () => {
  let sent: unknown;
  publishes(toolList([tool()], { freeTextTools: true }));
  server.use(
    http.put('/api/data-sources/s1/data-classes', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({});
    }),
  );
  const { user } = await openTools();

  await user.click(screen.getByRole('switch', { name: /single people/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Let questions read about single people?' });
  expect(dialog).toHaveTextContent('Everybody in this workspace can see them');
  expect(sent).toBeUndefined();
  await user.click(within(dialog).getByRole('button', { name: 'Switch on' }));
  await waitFor(() => expect(sent).toEqual({ personal: true, freeText: true }));
});

test('members see the switches with the reason they cannot use them', async () => {
  server.use(http.get('/api/session', () => HttpResponse.json(memberSession())));
  publishes(toolList([changed, tool()]));
  await openTools();

  expect(screen.getByRole('switch', { name: 'Use query_dataset' })).toBeDisabled();
  expect(screen.getByRole('switch', { name: 'Use query_dataset' })).toHaveAccessibleDescription(/Only owners of the workspace/);
  expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
  expect(screen.getByRole('switch', { name: /single people/ })).toBeDisabled();
});

test('a tool can be tried with arguments, and what is no JSON object is not sent', async () => {
  let sent: unknown;
  publishes(toolList([tool(), refused]));
  server.use(
    http.post('/api/data-sources/s1/calls', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ id: 'k1', text: '{"rows":4}', vendorIsError: false, durationMs: 420, truncatedRows: 3 });
    }),
  );
  await openTools();
  const user = userEvent.setup();

  await user.click(screen.getByText('Try a tool'));
  expect(within(screen.getByRole('combobox', { name: 'Tool to try' })).getAllByRole('option')).toHaveLength(1);
  const text = screen.getByRole('textbox', { name: 'Arguments' });
  await user.clear(text);
  await user.type(text, '[[]');
  await user.click(screen.getByRole('button', { name: 'Call the tool' }));
  expect(screen.getByText(/Enter a JSON object/)).toBeVisible();

  await user.clear(text);
  await user.type(text, '{{"limit": 1}');
  await user.click(screen.getByRole('button', { name: 'Call the tool' }));
  const result = await screen.findByRole('region', { name: 'Result of the call' });
  expect(result).toHaveTextContent('420 ms, 3 rows left out');
  expect(sent).toEqual({ tool: 'query_dataset', arguments: { limit: 1 } });
});

test('no tools and a failure have words of their own', async () => {
  publishes(toolList([]));
  renderApp('/data-sources/s1?tab=tools');
  expect(await screen.findByRole('heading', { name: 'No tools are known' })).toBeVisible();
});
