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

/** Hears that the key stopped fitting, with the reason, or that there is a new one. */
type SessionListener = (problem: ApiProblem | undefined) => void;

let current: Promise<Session> | undefined;
const listeners = new Set<SessionListener>();
// A link that is opened in one tab also lets the others go on.
const otherTabs = new BroadcastChannel('doorline.console');
otherTabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const shared = StoredSession.safeParse(data);
  if (shared.success && desktop() === undefined) renew(shared.data.token);
});

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

/** Hears of every change of the key after the first, until the returned function is called. */
export function onSessionChange(listener: SessionListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** In a browser a key that no longer fits can't be renewed from here: it takes a new link. */
export function loseSession(problem: ApiProblem): void {
  sessionStorage.removeItem(stored);
  current = Promise.reject(problem);
  current.catch(() => undefined);
  for (const listener of listeners) listener(problem);
}

/**
 * Takes a new link that is opened in this very tab, where it changes only what stands after `#`: exchanges its code and
 * goes back to `place`, so that nothing on screen is lost. To be called before the router listens.
 */
export function acceptNewLinks(place: () => string): () => void {
  function onAddress(event: Event): void {
    const code = codeIn(location.hash);
    if (code === undefined) return;
    event.stopImmediatePropagation();
    history.replaceState(history.state, '', `#${place()}`);
    exchangeCode(ownBaseUrl(), code).then(renew, (error: unknown) => {
      if (error instanceof ApiProblem) loseSession(error);
    });
  }
  globalThis.addEventListener('popstate', onAddress);
  return () => globalThis.removeEventListener('popstate', onAddress);
}

function renew(token: string): void {
  sessionStorage.setItem(stored, JSON.stringify({ token }));
  current = Promise.resolve({ baseUrl: ownBaseUrl(), token });
  for (const listener of listeners) listener(undefined);
}

/** Makes the next request ask the desktop for the server's present address and key. */
export function forgetSession(): void {
  if (desktop() !== undefined) current = undefined;
}

async function findSession(): Promise<Session> {
  const code = takeCode();
  const connection = await desktop()?.request('connection');
  if (connection !== undefined) return { baseUrl: `${connection.url.replace(/\/$/u, '')}/admin/v1`, token: connection.token };
  const baseUrl = ownBaseUrl();
  if (code !== undefined) {
    const token = await exchangeCode(baseUrl, code);
    sessionStorage.setItem(stored, JSON.stringify({ token }));
    return { baseUrl, token };
  }
  const kept = StoredSession.safeParse(JSON.parse(sessionStorage.getItem(stored) ?? 'null'));
  if (kept.success) return { baseUrl, token: kept.data.token };
  throw noSession();
}

function ownBaseUrl(): string {
  return `${location.origin}/admin/v1`;
}

function codeIn(hash: string): string | undefined {
  return /^#code=([\w-]+)$/u.exec(hash)?.[1];
}

/** Takes the one-time code out of the address, so that it stands in no history and no screenshot. */
function takeCode(): string | undefined {
  const code = codeIn(location.hash);
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
  const { token } = StoredSession.parse(await response.json());
  otherTabs.postMessage({ token });
  return token;
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
