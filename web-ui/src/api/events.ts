import { http, problemOf, ProblemError, reach } from './http';
import type { Analysis, Step } from './types';

interface ServerEvent {
  id?: string;
  event: string;
  data: string;
}

interface Follower {
  onStep: (step: Step) => void;
  onCompleted: (analysis: Analysis) => void;
  /** The stream broke; it is opened again where it stopped. */
  onInterrupted?: () => void;
  signal: AbortSignal;
}

const longestWait = 10_000;

/**
 * Follows an analysis until it ends. The stream is read with fetch, not EventSource, so that a problem
 * document is seen and the retry is ours: the last event id makes the server replay what was missed.
 */
export async function followAnalysis(id: string, { onStep, onCompleted, onInterrupted, signal }: Follower): Promise<void> {
  let lastEventId: string | undefined;

  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      for await (const event of open(`/api/analyses/${id}/events`, lastEventId, signal)) {
        lastEventId = event.id ?? lastEventId;
        attempt = 0;
        if (event.event === 'step') onStep(JSON.parse(event.data) as Step);
        if (event.event === 'completed') return onCompleted(JSON.parse(event.data) as Analysis);
      }
      const analysis = await http.get<Analysis>(`/api/analyses/${id}`, { signal });
      if (analysis.status !== 'queued' && analysis.status !== 'running') return onCompleted(analysis);
    } catch (error) {
      if (signal.aborted) return;
      if (isFinal(error)) throw error;
    }
    onInterrupted?.();
    await wait(Math.min(longestWait, 500 * 2 ** attempt), signal);
  }
}

/** A refusal of this request; anything else is worth another try. */
const isFinal = (error: unknown) =>
  error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500 && error.problem.status !== 429;

async function* open(path: string, lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (lastEventId) headers['Last-Event-ID'] = lastEventId;

  const response = await reach(path, { headers, signal, credentials: 'same-origin', cache: 'no-store' });
  if (!response.ok) throw await problemOf(response);
  if (!response.body) return;

  const reader = response.body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>).getReader();
  const parse = eventParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parse(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The event stream format of the HTML standard, as far as it is used here: id, event and data lines. */
export function eventParser() {
  let pending = '';
  let event: ServerEvent = { event: 'message', data: '' };

  return function* parse(chunk: string): Generator<ServerEvent> {
    const lines = (pending + chunk).split(/\r\n|\n|\r(?!$)/);
    pending = lines.pop() ?? '';

    for (const line of lines) {
      if (line === '') {
        if (event.data) yield { ...event, data: event.data.slice(0, -1) };
        event = { event: 'message', data: '' };
        continue;
      }
      const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (field === 'id') event.id = value;
      if (field === 'event') event.event = value;
      if (field === 'data') event.data += `${value}\n`;
    }
  };
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
