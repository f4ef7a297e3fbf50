import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { renderApp } from '@/testing/renderApp';
import { call, dataSource, doctorReport } from '@/testing/samples';
import { problem, server } from '@/testing/server';

beforeEach(() => {
  server.use(http.get('/api/data-sources/s1', () => HttpResponse.json(dataSource())));
});

test('calls show attempts, times, size and what was left out, and older ones are fetched', async () => {
  const newest = Array.from({ length: 50 }, (_, index) => call({ id: `k${index}` }));
  const asked: (string | null)[] = [];
  server.use(
    http.get('/api/data-sources/s1/calls', ({ request }) => {
      const before = new URL(request.url).searchParams.get('before');
      asked.push(before);
      return HttpResponse.json(
        before ? [call({ id: 'old', tool: 'get_charts', outcome: 'refused', detail: 'It writes.', attempts: 0, truncatedRows: 7 })] : newest,
      );
    }),
  );
  const { user } = renderApp('/data-sources/s1?tab=calls');

  const table = await screen.findByRole('table', { name: /^The last calls/ });
  expect(within(table).getAllByRole('row')[1]).toHaveTextContent(/Ada.*query_dataset.*Completed.*1.*820 ms.*vendor 700 ms.*12.4 KB/);
  expect(screen.getByText('The newest 50 calls')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Show older calls' }));
  const older = await within(table).findByRole('row', { name: /get_charts/ });
  expect(older).toHaveTextContent('Refused hereIt writes.');
  expect(older).toHaveTextContent('7 rows left out');
  expect(screen.getByText('All 51 calls')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show older calls' })).not.toBeInTheDocument();
  expect(asked).toEqual([null, 'k49']);
});

test('no calls yet, and calls that cannot be read', async () => {
  server.use(http.get('/api/data-sources/s1/calls', () => HttpResponse.json([])));
  renderApp('/data-sources/s1?tab=calls');
  expect(await screen.findByRole('heading', { name: 'No calls yet' })).toBeVisible();
});

test('the proof says how many writes were sent and what would refuse one', async () => {
  server.use(
    http.get('/api/data-sources/s1/read-only-proof', () =>
      HttpResponse.json({
        since: '2026-11-22T12:00:00Z',
        scopesAsked: ['mcp:read'],
        scopesGranted: ['mcp:read', 'mcp:write'],
        scopeIsReadOnly: false,
        callsSent: 1200,
        callsRefused: 1,
        writesSent: 0,
        layers: [{ layer: 'name', title: 'Words of the name', tools: 12, detail: 'Refuses what is named like a write.' }],
        latestRefusals: [{ at: '2026-11-22T12:00:00Z', tool: 'save_chart', reason: 'It writes.', requestedBy: 'Ada' }],
        statement: 'Nothing was written to Amplitude.',
      }),
    ),
  );
  renderApp('/data-sources/s1?tab=proof');

  expect(await screen.findByText('Nothing was written to Amplitude.')).toBeVisible();
  expect(screen.getByRole('region', { name: 'What was asked and sent' })).toHaveTextContent('Do not rule out writing');
  expect(screen.getByRole('row', { name: /Words of the name/ })).toHaveTextContent('12');
  expect(screen.getByRole('row', { name: /save_chart/ })).toHaveTextContent('It writes.');
});

test('the doctor shows each step with its cause and the way out, and a trace to copy', async () => {
  server.use(
    http.post('/api/data-sources/s1/doctor', () =>
      HttpResponse.json(
        doctorReport({
          healthy: false,
          steps: [
            { step: 'discover', status: 'passed', title: 'The server answers', durationMs: 120 },
            {
              step: 'initialize',
              status: 'failed',
              title: 'Opening a session',
              cause: 'MCP is switched off.',
              fix: 'Ask an admin.',
              durationMs: 300,
            },
            { step: 'call', status: 'skipped', title: 'One harmless call', durationMs: 0 },
          ],
        }),
      ),
    ),
  );
  const { user } = renderApp('/data-sources/s1?tab=doctor');

  await user.click(await screen.findByRole('button', { name: 'Run the doctor' }));
  expect(await screen.findByText('Not healthy: one step failed.', { exact: false })).toBeVisible();
  const [passed, failed, skipped] = within(screen.getByRole('list', { name: 'Checks' })).getAllByRole('listitem');
  expect(passed).toHaveTextContent('PassedThe server answers120 ms');
  expect(failed).toHaveTextContent('Cause: MCP is switched off.What to do: Ask an admin.');
  expect(skipped).toHaveTextContent('SkippedOne harmless call');

  await user.click(screen.getByText('Trace without secrets'));
  await user.click(screen.getByRole('button', { name: 'Copy the trace' }));
  expect(await navigator.clipboard.readText()).toBe('GET https://us.example/mcp 401');
  expect(screen.getByRole('table', { name: /Problems of connecting/ })).toHaveTextContent('“MCP is disabled by your Amplitude admin”');
});

test('a doctor that cannot run says why', async () => {
  server.use(http.post('/api/data-sources/s1/doctor', () => problem(503, 'vault-unreachable')));
  const { user } = renderApp('/data-sources/s1?tab=doctor');

  await user.click(await screen.findByRole('button', { name: 'Run the doctor' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('For a reason.');
});

test('the server is checked before anybody signs in', async () => {
  let sent: unknown;
  server.use(
    http.post('/api/doctor', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(doctorReport());
    }),
  );
  const { user } = renderApp('/data-sources/new?vendor=amplitude&region=us');

  await user.click(await screen.findByText('Check the server first'));
  await user.click(screen.getByRole('button', { name: 'Check the server' }));
  expect(await screen.findByText('The connection is healthy.', { exact: false })).toBeVisible();
  expect(sent).toEqual({ vendor: 'amplitude', region: 'us' });
});
