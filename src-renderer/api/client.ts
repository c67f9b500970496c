import { z } from 'zod';
import { desktop } from './desktop.ts';
import { misunderstood, readProblem, unreachable } from './problem.ts';
import { forgetSession, loseSession, session, type Session } from './session.ts';

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface ApiRequest<Answer extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** After /admin/v1, such as `/contacts`. */
  readonly path: string;
  readonly query?: Query;
  /** JSON; a Blob, File or FormData goes as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Goes on when the page is closed meanwhile. Browsers allow it for small bodies only. */
  readonly keepalive?: boolean;
  readonly answer: Answer;
}

/** For calls that answer 204 or whose answer does not matter. */
export const nothing = z.unknown().transform(() => undefined);

const readAttempts = 3;
const pauseMilliseconds = 300;

/**
 * Calls the admin plane and checks the answer against its contract. Refusals become `ApiProblem`. Only reading is tried
 * again, since a write that got no answer may have been done.
 */
export async function call<Answer extends z.ZodType>(request: ApiRequest<Answer>): Promise<z.output<Answer>> {
  const response = await reach(request);
  if (!response.ok) throw await readProblem(response, request.path);
  const body = await readBody(response, request);
  const answer = request.answer.safeParse(body);
  if (!answer.success) throw misunderstood(request.path, answer.error);
  return answer.data;
}

/** Reads; see `call`. */
export function get<Answer extends z.ZodType>(
  path: string,
  answer: Answer,
  options: { query?: Query; signal?: AbortSignal | undefined } = {},
): Promise<z.output<Answer>> {
  return call({ method: 'GET', path, answer, ...options });
}

/** Fetches a file that stands behind the key, such as an attachment. */
export async function getFile(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await reach({ method: 'GET', path, answer: nothing, signal });
  if (!response.ok) throw await readProblem(response, path);
  return response.blob();
}

/** The text of a file, such as the rows an import could not take. */
export async function saveFile(path: string, fileName: string): Promise<void> {
  const url = URL.createObjectURL(await getFile(path));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads the blob after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Opens a response for as long as it lasts: server-sent events. */
export function openStream(path: string, options: { headers: Record<string, string>; signal: AbortSignal }): Promise<Response> {
  return tryOnce({ method: 'GET', path, answer: nothing, ...options });
}

async function reach(request: ApiRequest<z.ZodType>): Promise<Response> {
  const attempts = request.method === 'GET' ? readAttempts : 1;
  for (let attempt = 1; ; attempt += 1) {
    const response = await tryOnce(request).catch((error: unknown) => {
      if (request.signal?.aborted === true || attempt === attempts) throw error;
    });
    if (response !== undefined && (response.status < 502 || attempt === attempts)) return response;
    await pause(pauseMilliseconds * 2 ** (attempt - 1), request.signal);
  }
}

async function tryOnce(request: ApiRequest<z.ZodType>): Promise<Response> {
  const response = await fetchOnce(await session(), request);
  if (response.status !== 401) return response;
  if (desktop() === undefined) {
    loseSession(await readProblem(response.clone(), request.path));
    return response;
  }
  // The server was restarted with a new key; the request was refused unread, so asking again is safe.
  forgetSession();
  return fetchOnce(await session(), request);
}

async function fetchOnce({ baseUrl, token }: Session, request: ApiRequest<z.ZodType>): Promise<Response> {
  const url = new URL(`${baseUrl}${request.path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value));
  }
  const { type, body } = packed(request.body);
  try {
    return await fetch(url, {
      method: request.method,
      headers: { accept: 'application/json', authorization: `Bearer ${token}`, ...(type === undefined ? {} : { 'content-type': type }), ...request.headers },
      ...(body === undefined ? {} : { body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      ...(request.keepalive === true ? { keepalive: true } : {}),
    });
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    // In the desktop the server may have come back on another port.
    forgetSession();
    throw unreachable(request.path, error);
  }
}

function packed(body: unknown): { type?: string; body?: BodyInit } {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  if (body instanceof Blob) return { type: body.type === '' ? 'application/octet-stream' : body.type, body };
  return { type: 'application/json', body: JSON.stringify(body) };
}

async function readBody(response: Response, request: ApiRequest<z.ZodType>): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw misunderstood(request.path, error);
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
