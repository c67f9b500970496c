import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { Agent, AgentPage, type AgentInput, type AgentPatch } from '#server/team/team.contract.ts';
import { call, get } from './client.ts';

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: async ({ signal }) => (await get('/agents', AgentPage, { signal })).items,
});

export function addAgent(input: z.input<typeof AgentInput>): Promise<Agent> {
  return call({ method: 'POST', path: '/agents', body: input, answer: Agent });
}

export function changeAgent(id: string, patch: AgentPatch): Promise<Agent> {
  return call({ method: 'PATCH', path: `/agents/${id}`, body: patch, answer: Agent });
}
