import { readKeys } from './keys.ts';
import { notReached, refusalOf, send, type RequestOptions } from './request.ts';

const api = '/api/device/v1';

type Listener = (reason: 'revoked' | 'wipe') => void;
const listeners = new Set<Listener>();

/** Hears when the desk says that this phone must hold nothing any more. */
export function onEnd(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function announceEnd(reason: 'revoked' | 'wipe'): void {
  for (const listener of listeners) listener(reason);
}

/**
 * A request of this phone to the device API; `path` starts after `/api/device/v1`.
 * @throws Refused, NotReached
 */
export async function ask(path: string, options: Omit<RequestOptions, 'token'> = {}): Promise<Response> {
  const token = readKeys()?.deviceToken;
  const response = await send(api + path, { ...options, ...(token === undefined ? {} : { token }) });
  if (response.ok || response.status === 304) return response;
  const refusal = await refusalOf(response);
  if (response.status === 401) announceEnd('revoked');
  if (refusal.code === 'device-wiping') announceEnd('wipe');
  throw refusal;
}

/**
 * The same for answers with a body. The desk that serves this page is trusted to keep to its contract.
 * @throws Refused
 * @throws NotReached also when the answer broke off
 */
export async function askFor<Answer>(path: string, options: Omit<RequestOptions, 'token'> = {}): Promise<Answer> {
  const response = await ask(path, options);
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    throw notReached(error, options.signal);
  }
}

export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, String(value));
  return `?${search.toString()}`;
}
