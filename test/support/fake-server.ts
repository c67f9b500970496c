import { onTestFinished, vi } from 'vitest';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | null;
  readonly keepalive: boolean;
}

type Answer = Response | Error | object | null;

/** Answers the console's requests in place of a server. A plain object is answered as JSON, an error breaks the connection. */
export function fakeServer(answer: (request: FakeRequest) => Answer | Promise<Answer>): readonly FakeRequest[] {
  const requests: FakeRequest[] = [];
  vi.stubGlobal('fetch', async (target: URL | string, init: RequestInit = {}) => {
    const url = new URL(target);
    const request: FakeRequest = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body,
      signal: init.signal ?? null,
      keepalive: init.keepalive ?? false,
    };
    requests.push(request);
    const given = await answer(request);
    if (given instanceof Error) throw given;
    return given instanceof Response ? given : Response.json(given);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return requests;
}

/** A refusal as the server words it (RFC 9457). */
export function refusal(status: number, detail: string, errors?: readonly { path: string; message: string }[]): Response {
  const problem = { type: 'about:blank', title: 'Refused', status, detail, instance: 'req-1', code: 'refused', ...(errors === undefined ? {} : { errors }) };
  return Response.json(problem, { status, headers: { 'content-type': 'application/problem+json' } });
}

/** Gives the page a key, as after an earlier visit. */
export function givenKey(token = 'key-1'): void {
  sessionStorage.setItem('doorline.console', JSON.stringify({ token }));
}
