import type { z } from 'zod';
import { Call, CallPage, Task, TaskPage, type OutcomeInput } from '#server/calls/calls.contract.ts';
import { call } from './client.ts';
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
