import { z } from 'zod';
import { desktop } from './desktop.ts';
import { ApiProblem, readProblem, unreachable } from './problem.ts';

/** Where the admin plane is and the key that opens it. */
export interface Session {
  readonly baseUrl: string;
  readonly token: string;
}

const stored = 'doorline.console';
const StoredSession = z.object({ token: z.string().min(1) });

let current: Promise<Session> | undefined;
const lossListeners = new Set<(problem: ApiProblem) => void>();

/** The session of this page: from the desktop shell, from the one-time link, or from before a reload. */
export function session(): Promise<Session> {
  current ??= findSession().catch((error: unknown) => {
    // A refused link stays refused: without it, the next attempt would only say that there is none.
    const isRefused = error instanceof ApiProblem && !error.isPassing;
    if (!isRefused) current = undefined;
    throw error;
  });
  return current;
}

/** Hears when the key of this page stops fitting: the server was started again. */
export function onSessionLost(listener: (problem: ApiProblem) => void): () => void {
  lossListeners.add(listener);
  return () => lossListeners.delete(listener);
}

/** In a browser a key that no longer fits can't be renewed from here. */
export function loseSession(problem: ApiProblem): void {
  sessionStorage.removeItem(stored);
  current = Promise.reject(problem);
  current.catch(() => undefined);
  for (const listener of lossListeners) listener(problem);
}

/** Makes the next request ask the desktop for the server's present address and key. */
export function forgetSession(): void {
  if (desktop() !== undefined) current = undefined;
}

async function findSession(): Promise<Session> {
  const connection = await desktop()?.request('connection');
  if (connection !== undefined) return { baseUrl: `${connection.url.replace(/\/$/u, '')}/admin/v1`, token: connection.token };
  const baseUrl = `${location.origin}/admin/v1`;
  const code = takeCode();
  if (code !== undefined) {
    const token = await exchangeCode(baseUrl, code);
    sessionStorage.setItem(stored, JSON.stringify({ token }));
    return { baseUrl, token };
  }
  const kept = StoredSession.safeParse(JSON.parse(sessionStorage.getItem(stored) ?? 'null'));
  if (kept.success) return { baseUrl, token: kept.data.token };
  throw noSession();
}

/** Takes the one-time code out of the address, so that it stands in no history and no screenshot. */
function takeCode(): string | undefined {
  const code = /^#code=([\w-]+)$/u.exec(location.hash)?.[1];
  if (code !== undefined) history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  return code;
}

async function exchangeCode(baseUrl: string, code: string): Promise<string> {
  const response = await fetch(`${baseUrl}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ code }),
  }).catch((error: unknown) => {
    throw unreachable('/session', error);
  });
  if (!response.ok) throw await readProblem(response, '/session');
  return StoredSession.parse(await response.json()).token;
}

function noSession(): ApiProblem {
  return new ApiProblem({
    type: 'about:blank',
    title: 'This page has no key',
    status: 401,
    detail: 'The console opens from Doorline’s own window, or from the one-time link that “npm start” prints. Start Doorline and use its newest link.',
    instance: '/session',
    code: 'no-session',
  });
}
