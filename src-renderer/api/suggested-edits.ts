import { queryOptions } from '@tanstack/react-query';
import { AcceptedEdit, SuggestedEditPage } from '#server/suggested-edits/suggested-edits.contract.ts';
import { call, get, nothing } from './client.ts';
import { pagedList } from './pages.ts';

// Under 'devices', because what a phone suggests is told as news of the phone.
const key = ['devices', 'suggested-edits'] as const;

/** What was changed on phones and waits to be decided, the newest first. */
export function suggestedEditsQuery() {
  return pagedList({ key, path: '/suggested-edits', page: SuggestedEditPage });
}

/** How much waits to be decided. */
export const suggestedEditsCount = queryOptions({
  queryKey: [...key, 'count'],
  queryFn: async ({ signal }) => (await get('/suggested-edits', SuggestedEditPage, { query: { limit: 1 }, signal })).total,
});

export function acceptEdit(id: string): Promise<AcceptedEdit> {
  return call({ method: 'POST', path: `/suggested-edits/${id}/accept`, answer: AcceptedEdit });
}

export function dismissEdit(id: string): Promise<undefined> {
  return call({ method: 'POST', path: `/suggested-edits/${id}/dismiss`, answer: nothing });
}
