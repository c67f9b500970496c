import type { z } from 'zod';
import { Call, CallPage, Task, TaskPage, type OutcomeInput } from '#server/calls/calls.contract.ts';
import { call } from './client.ts';
import { pagedList } from './pages.ts';

export function callsQuery(query: { missed?: boolean } = {}) {
  return pagedList({ key: ['calls'], path: '/calls', page: CallPage, query });
}

export function recordOutcome(id: string, input: z.input<typeof OutcomeInput>): Promise<Call> {
  return call({ method: 'POST', path: `/calls/${id}/outcome`, body: input, answer: Call });
}

export function tasksQuery() {
  return pagedList({ key: ['tasks'], path: '/tasks', page: TaskPage });
}

export function finishTask(id: string): Promise<Task> {
  return call({ method: 'POST', path: `/tasks/${id}/done`, answer: Task });
}
