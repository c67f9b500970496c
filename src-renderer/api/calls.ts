import type { z } from 'zod';
import { queryOptions } from '@tanstack/react-query';
import { Call, CallCount, type CallFilter, CallPage, CallTicket, PresentCalls, Task, TaskPage, type OutcomeInput } from '#server/calls/calls.contract.ts';
import { call, get, saveFile } from './client.ts';
import { pagedList } from './pages.ts';

/** What the call log is narrowed to, as it stands in an address. */
type Narrowed = Readonly<Record<string, string | boolean>> & z.input<typeof CallFilter>;

export function callsQuery(query: Narrowed = {}) {
  return pagedList({ key: ['calls'], path: '/calls', page: CallPage, query });
}

export function recordOutcome(id: string, input: z.input<typeof OutcomeInput>): Promise<Call> {
  return call({ method: 'POST', path: `/calls/${id}/outcome`, body: input, answer: Call });
}

export function tasksQuery(query: { state?: 'open' | 'done'; contactId?: string } = {}) {
  return pagedList({ key: ['tasks'], path: '/tasks', page: TaskPage, query });
}

export function finishTask(id: string): Promise<Task> {
  return call({ method: 'POST', path: `/tasks/${id}/done`, answer: Task });
}

export function reopenTask(id: string): Promise<Task> {
  return call({ method: 'POST', path: `/tasks/${id}/reopen`, answer: Task });
}

/** The calls that ring or go on while a screen opens; from then on news tell of them. */
export const presentCallsQuery = queryOptions({
  queryKey: ['present-calls'],
  queryFn: async ({ signal }) => (await get('/calls/now', PresentCalls, { signal })).items,
  staleTime: Infinity,
});

/** Says who a call was with; null: nobody known. */
export function nameCaller(id: string, contactId: string | null): Promise<Call> {
  return call({ method: 'PUT', path: `/calls/${id}/contact`, body: { contactId }, answer: Call });
}

/** Says which ticket a call is about; with a note for the team on it unless it was opened for the call. */
export function linkTicket(id: string, input: { readonly ticketId: string; readonly note?: boolean }): Promise<Call> {
  return call({ method: 'PUT', path: `/calls/${id}/ticket`, body: input, answer: Call });
}

/** Opens a ticket for a call; asked twice, it stays one. */
export function openTicketForCall(id: string, subject: string): Promise<CallTicket> {
  return call({
    method: 'POST',
    path: `/calls/${id}/ticket`,
    body: { subject },
    headers: { 'idempotency-key': `ticket-for-${id}` },
    answer: CallTicket,
  });
}

export function callCountQuery(query: Narrowed) {
  return queryOptions({ queryKey: ['calls', 'count', query], queryFn: ({ signal }) => get('/calls/count', CallCount, { query, signal }) });
}

/** Saves the calls that fit as a CSV file. */
export function exportCalls(query: Narrowed): Promise<void> {
  const words = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  return saveFile(`/calls/export?${words}`, 'calls.csv');
}
