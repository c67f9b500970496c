import type { z } from 'zod';
import { queryOptions } from '@tanstack/react-query';
import { Call, CallPage, CallTicket, PresentCalls, Task, TaskPage, type OutcomeInput } from '#server/calls/calls.contract.ts';
import { call, get } from './client.ts';
import { pagedList } from './pages.ts';

export function callsQuery(query: { missed?: boolean; agentId?: string; contactId?: string } = {}) {
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
