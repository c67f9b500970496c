import { Draft } from '#server/drafts/drafts.contract.ts';
import { call, get, nothing } from './client.ts';

/** A place names the form and the record it is about, such as `setup.company` or `ticket-reply.01J…`. */
export function readDraft(place: string, signal?: AbortSignal): Promise<Draft> {
  return get(`/drafts/${encodeURIComponent(place)}`, Draft, { signal });
}

// Browsers let 64 KiB outlive their page.
const outlivesPage = 50_000;

export function saveDraft(place: string, body: unknown): Promise<undefined> {
  const keepalive = JSON.stringify(body).length < outlivesPage;
  return call({ method: 'PUT', path: `/drafts/${encodeURIComponent(place)}`, body: { body }, answer: nothing, keepalive });
}

export function dropDraft(place: string): Promise<undefined> {
  return call({ method: 'DELETE', path: `/drafts/${encodeURIComponent(place)}`, answer: nothing });
}
