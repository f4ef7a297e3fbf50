import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { renderApp } from '@/testing/renderApp';
import { analysis, answer, chart, dataSource } from '@/testing/samples';
import { eventStream, problem, server } from '@/testing/server';

const step = { sequence: 1, key: 'understand', text: 'Understood as retention by channel', startedAt: '2026-11-22T12:00:00Z', failed: false };
const answered = analysis({ status: 'answered', answer: answer() });
let asked: unknown[];

beforeEach(() => {
  asked = [];
  server.use(
    http.get('/api/data-sources', () => HttpResponse.json([dataSource()])),
    http.get('/api/suggestions', () => HttpResponse.json({ questions: ['Which segment has the highest 7-day retention?'] })),
    http.get('/api/charts/c1', () => HttpResponse.json(chart())),
    http.post('/api/analyses', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(analysis({ id: `n${asked.length}` }), { status: 202 });
    }),
  );
});

const conversation = (...analyses: unknown[]) =>
  http.get('/api/conversations/v1', () => HttpResponse.json({ id: 'v1', title: 'Retention', createdAt: '2026-11-22T12:00:00Z', analyses }));

test('the first question is in the box; asking it streams the steps and shows the answer', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  server.use(
    http.get('/api/analyses/n1/events', () => {
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(encoder.encode(`id: 1\nevent: step\ndata: ${JSON.stringify(step)}\n\n`));
          await held;
          controller.enqueue(encoder.encode(`id: 2\nevent: completed\ndata: ${JSON.stringify(answered)}\n\n`));
          controller.close();
        },
      });
      return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } });
    }),
  );
  const { user, address } = renderApp('/');

  const box = await screen.findByRole('textbox', { name: 'Question' });
  await waitFor(() => expect(box).toHaveValue('Which segment has the highest 7-day retention?'));
  await user.type(box, '{Enter}');

  const steps = await screen.findByRole('list', { name: 'Steps' });
  expect(await within(steps).findByText('Understood as retention by channel')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Stop' })).toBeVisible();
  expect(asked).toEqual([{ question: 'Which segment has the highest 7-day retention?', dataSourceId: 's1' }]);

  release();
  expect(await screen.findByText('Paid users keep 34.2 % after 7 days.')).toBeVisible();
  expect(await screen.findByRole('img', { name: 'Bars of retention by channel. Paid is the highest.' })).toBeVisible();
  expect(screen.getByText('every number in the data')).toBeVisible();
  expect(screen.getByText('Sample data')).toBeVisible();
  expect(address()).toBe('/conversations/v1');
});

test('a stream that breaks is opened again with the last event id', async () => {
  const seen: (string | null)[] = [];
  server.use(
    conversation(analysis()),
    http.get('/api/analyses/n1', () => HttpResponse.json(analysis({ status: 'running' }))),
    http.get('/api/analyses/n1/events', ({ request }) => {
      seen.push(request.headers.get('Last-Event-ID'));
      return seen.length === 1 ? eventStream([{ event: 'step', data: step }]) : eventStream([{ event: 'completed', data: answered }]);
    }),
  );
  renderApp('/conversations/v1');

  expect(await screen.findByText('Paid users keep 34.2 % after 7 days.', {}, { timeout: 6000 })).toBeVisible();
  expect(seen).toEqual([null, '1']);
});

test('a clarifying chip asks its question in the same conversation', async () => {
  server.use(
    conversation(
      analysis({
        status: 'clarification',
        clarification: {
          text: 'Which event do you mean?',
          options: [{ label: 'Video Watched', detail: '41,200 a month', question: 'How often was Video Watched?' }],
        },
      }),
    ),
    http.get('/api/analyses/n1/events', () => eventStream([{ event: 'completed', data: answered }])),
  );
  const { user } = renderApp('/conversations/v1');

  await user.click(await screen.findByRole('button', { name: 'Video Watched · 41,200 a month' }));

  await waitFor(() =>
    expect(asked).toEqual([{ question: 'How often was Video Watched?', conversationId: 'v1', dataSourceId: 's1' }]),
  );
});

test('a refusal offers what can be asked, a failure offers to ask again', async () => {
  server.use(
    conversation(
      analysis({ id: 'n8', status: 'declined', refusal: { text: 'Nothing here is about the weather.', suggestions: ['Show the funnel'] } }),
      analysis({ id: 'n9', status: 'failed', failure: { type: 'vendor-rate-limited', title: 'Amplitude answered 429', detail: 'Wait a minute.' } }),
    ),
  );
  renderApp('/conversations/v1');

  expect(await screen.findByRole('button', { name: 'Show the funnel' })).toBeEnabled();
  expect(screen.getByRole('alert')).toHaveTextContent('Amplitude answered 429');
  expect(screen.getByRole('button', { name: 'Ask again' })).toBeEnabled();
});

test('the table holds what the chart draws', async () => {
  server.use(conversation(answered));
  const { user } = renderApp('/conversations/v1');

  await user.click(await screen.findByRole('radio', { name: 'Table' }));

  const table = screen.getByRole('table', { name: 'Retention by channel' });
  expect(within(table).getByRole('row', { name: /^Paid 34.2\s%$/ })).toBeVisible();
});

test('an answer is pinned to a new dashboard', async () => {
  let pinned: unknown;
  server.use(
    conversation(answered),
    http.get('/api/dashboards', () => HttpResponse.json([])),
    http.post('/api/dashboards', () => HttpResponse.json({ id: 'd1', name: 'Growth weekly', tiles: [] }, { status: 201 })),
    http.post('/api/dashboards/d1/tiles', async ({ request }) => {
      pinned = await request.json();
      return HttpResponse.json({}, { status: 201 });
    }),
  );
  const { user } = renderApp('/conversations/v1');

  await user.click(await screen.findByRole('button', { name: 'Pin' }));
  const dialog = await screen.findByRole('dialog', { name: 'Pin to dashboard' });
  await user.type(await within(dialog).findByRole('textbox', { name: 'New dashboard name' }), 'Growth weekly');
  await user.click(within(dialog).getByRole('button', { name: 'Pin' }));

  expect(await screen.findByRole('link', { name: 'Open dashboard' })).toHaveAttribute('href', '/dashboards/d1');
  expect(pinned).toEqual({ chartId: 'c1', title: 'Retention by channel' });
});

test('a question that is refused keeps its text and says why', async () => {
  server.use(http.post('/api/analyses', () => problem(409, 'no-data-source', { title: 'No data source is connected' })));
  const { user } = renderApp('/');

  const box = await screen.findByRole('textbox', { name: 'Question' });
  await waitFor(() => expect(box).not.toHaveValue(''));
  await user.clear(box);
  await user.type(box, 'How many users?');
  await user.click(screen.getByRole('button', { name: 'Ask' }));

  expect(await screen.findByRole('alert')).toHaveTextContent('No data source is connected');
  expect(box).toHaveValue('How many users?');
});
