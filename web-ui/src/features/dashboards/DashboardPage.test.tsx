import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { renderApp } from '@/testing/renderApp';
import { dashboard, tile } from '@/testing/samples';
import { problem, server } from '@/testing/server';

const board = (...tiles: ReturnType<typeof tile>[]) => http.get('/api/dashboards/d1', () => HttpResponse.json(dashboard({ tiles })));

test('a frozen tile says why and keeps its last data', async () => {
  server.use(board(tile({ state: 'frozen', stateReason: 'Amplitude was disconnected by Ada.' })));
  renderApp('/dashboards/d1');

  const frozen = await screen.findByRole('region', { name: 'Retention by channel' });
  expect(within(frozen).getByRole('note')).toHaveTextContent('Amplitude was disconnected by Ada.');
  expect(within(frozen).getByRole('img', { name: /Paid is the highest/ })).toBeVisible();
  expect(within(frozen).getByRole('button', { name: 'Refresh' })).toBeDisabled();
  expect(screen.getByRole('button', { name: 'Refresh all' })).toBeDisabled();
});

test('a refresh that fails marks its own tile only', async () => {
  server.use(
    board(tile(), tile({ id: 't2', title: 'Active users', layout: { x: 6, y: 0, width: 6, height: 4 } })),
    http.post('/api/dashboards/d1/tiles/t2/refresh', () =>
      HttpResponse.json(tile({ id: 't2', title: 'Active users', state: 'failed', stateReason: 'Amplitude answered 429.' })),
    ),
  );
  const { user } = renderApp('/dashboards/d1');

  const other = await screen.findByRole('region', { name: 'Active users' });
  await user.click(within(other).getByRole('button', { name: 'Refresh' }));

  expect(await within(other).findByRole('note')).toHaveTextContent('Amplitude answered 429.');
  expect(within(screen.getByRole('region', { name: 'Retention by channel' })).queryByRole('note')).not.toBeInTheDocument();
});

test('a removed tile can be brought back before it is deleted', async () => {
  server.use(board(tile()));
  const { user } = renderApp('/dashboards/d1');

  await user.click(await screen.findByRole('button', { name: 'More actions for this tile' }));
  await user.click(screen.getByRole('menuitem', { name: 'Remove' }));
  expect(screen.queryByRole('region', { name: 'Retention by channel' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Undo' }));

  // No handler for the deletion exists: a request would fail the test.
  expect(screen.getByRole('region', { name: 'Retention by channel' })).toBeVisible();
});

test('a tile moves by menu, and the new layout is saved', async () => {
  let saved: unknown;
  server.use(
    board(tile(), tile({ id: 't2', title: 'Active users', layout: { x: 6, y: 0, width: 6, height: 4 } })),
    http.put('/api/dashboards/d1/layout', async ({ request }) => {
      saved = await request.json();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderApp('/dashboards/d1');

  const second = await screen.findByRole('region', { name: 'Active users' });
  await user.click(within(second).getByRole('button', { name: 'More actions for this tile' }));
  await user.click(screen.getByRole('menuitem', { name: 'Move earlier' }));

  await waitFor(() =>
    expect(saved).toEqual({
      tiles: [
        { id: 't2', x: 0, y: 0, width: 6, height: 4 },
        { id: 't1', x: 6, y: 0, width: 6, height: 4 },
      ],
    }),
  );
  expect(screen.getByText('Active users moved earlier')).toBeInTheDocument();
});

test('a dashboard that does not exist shows the problem, not a blank page', async () => {
  server.use(http.get('/api/dashboards/d1', () => problem(404, 'dashboard-not-found', { title: 'This dashboard does not exist' })));
  renderApp('/dashboards/d1');

  expect(await screen.findByRole('alert')).toHaveTextContent('This dashboard does not exist');
});
