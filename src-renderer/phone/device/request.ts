import { NotReached, Refused, type Problem } from './problem.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly body?: object;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How long the answer may take to begin, in milliseconds. */
  readonly waitAtMost?: number;
  /** Lets the request end although the page goes to the background, as it does when a call starts. */
  readonly keepalive?: boolean;
}

/** Outside the office the desk's address may answer nothing at all, and a browser waits for minutes. */
const usuallyWaits = 10_000;

/** Ends with `signal`, or after so long unless it is told before that the answer began. */
function patience(signal: AbortSignal | undefined, waitAtMost: number) {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(new DOMException('The desk did not answer in time.', 'TimeoutError')), waitAtMost);
  const follow = () => ended.abort(signal?.reason);
  if (signal?.aborted === true) follow();
  signal?.addEventListener('abort', follow, { once: true });
  return { signal: ended.signal, began: () => clearTimeout(timer) };
}

/** What it means that a request or its answer broke off; whoever ended it themselves hears of that. */
export function notReached(error: unknown, signal: AbortSignal | undefined): unknown {
  const wasEnded = signal?.aborted === true && !(signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError');
  return wasEnded ? error : new NotReached({ cause: error });
}

/**
 * One request to the desk that served this page.
 * @throws NotReached
 */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', body, token, headers = {}, signal, keepalive = false, waitAtMost = usuallyWaits } = options;
  const waiting = patience(signal, waitAtMost);
  try {
    return await fetch(path, {
      method,
      keepalive,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: waiting.signal,
    });
  } catch (error) {
    throw notReached(error, signal);
  } finally {
    waiting.began();
  }
}

/** What the desk said when it refused. */
export async function refusalOf(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return new Refused(response.status, problem);
}
