import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { session, vendor } from './samples';

/** What every signed-in page asks for. A test adds what it is about with `server.use`. */
export const server = setupServer(
  http.get('/api/session', () => HttpResponse.json(session())),
  http.get('/api/conversations', () => HttpResponse.json([])),
  http.get('/api/vendors', () => HttpResponse.json([vendor()])),
);

export function problem(status: number, type: string, extra: Record<string, unknown> = {}) {
  return HttpResponse.json(
    { type, title: 'It did not work', status, detail: 'For a reason.', traceId: 'trace-1', ...extra },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}

/** An event stream as the planner sends it, all at once. */
export function eventStream(events: { event: string; data: unknown }[]) {
  const text = events.map(({ event, data }, index) => `id: ${index + 1}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  return new HttpResponse(text.join(''), { headers: { 'Content-Type': 'text/event-stream' } });
}
