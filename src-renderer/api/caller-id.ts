import { CallerExplanation } from '#server/caller-id/caller-id.contract.ts';
import { get } from './client.ts';

/** What a phone would show for this number, and why. */
export function explainCaller(number: string, signal?: AbortSignal): Promise<CallerExplanation> {
  return get('/caller-id/explain', CallerExplanation, { query: { number }, signal });
}
