import type { Problem } from './types';

/** A response outside 2xx, carrying the problem document (RFC 9457) the server sent. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

interface SendOptions {
  signal?: AbortSignal;
}

async function send<T>(method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';

  // A deletion may be sent while the page is being left.
  const init: RequestInit = { method, headers, credentials: 'same-origin', keepalive: method === 'DELETE' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (options.signal) init.signal = options.signal;

  const response = await reach(path, init);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Fetches, and turns a network failure into a problem in the same shape as the server's own. */
export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError({
      type: 'server-unreachable',
      title: 'ClariBI cannot be reached',
      status: 0,
      detail: 'The request did not get through. Check your connection and try again.',
    });
  }
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const fallback: Problem = {
    type: 'unexpected-answer',
    title: 'ClariBI answered in an unexpected way',
    status: response.status,
    detail: `The server answered with status ${response.status}. Try again in a moment.`,
  };
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) return new ProblemError(fallback);

  try {
    return new ProblemError({ ...fallback, ...((await response.json()) as Partial<Problem>) });
  } catch {
    return new ProblemError(fallback);
  }
}

export const http = {
  get: <T>(path: string, options?: SendOptions) => send<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown) => send<T>('POST', path, body),
  put: <T>(path: string, body: unknown) => send<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown) => send<T>('PATCH', path, body),
  delete: (path: string) => send<void>('DELETE', path),
};

/** True when the error is the problem of that type. */
export function isProblem(error: unknown, type: string): error is ProblemError {
  return error instanceof ProblemError && error.problem.type === type;
}
