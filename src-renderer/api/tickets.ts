import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  Pipeline,
  PipelinePage,
  Ticket,
  TicketCounts,
  TicketPage,
  type PipelineInput,
  type TicketInput,
  type TicketPatch,
  type TicketQuery,
} from '#server/tickets/tickets.contract.ts';
import { call, get } from './client.ts';
import { pagedList } from './pages.ts';

export function ticketsQuery(query: Omit<z.input<typeof TicketQuery>, 'cursor' | 'limit'> = {}) {
  return pagedList({ key: ['tickets', 'list'], path: '/tickets', page: TicketPage, query });
}

export function ticketQuery(id: string) {
  return queryOptions({ queryKey: ['tickets', 'one', id], queryFn: ({ signal }) => get(`/tickets/${id}`, Ticket, { signal }) });
}

/** A ticket with an earlier part of its conversation; `before` is the `olderCursor` of an earlier answer. */
export function readEarlier(id: string, before: string): Promise<Ticket> {
  return get(`/tickets/${id}`, Ticket, { query: { before } });
}

export const ticketCountsQuery = queryOptions({
  queryKey: ['tickets', 'counts'],
  queryFn: ({ signal }) => get('/tickets/counts', TicketCounts, { signal }),
});

export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: async ({ signal }) => (await get('/pipelines', PipelinePage, { signal })).items,
});

/** The first few tickets that match, for a search box. */
export async function searchTickets(search: string, options: { limit?: number; signal?: AbortSignal } = {}) {
  const page = await get('/tickets', TicketPage, { query: { search, state: 'all', limit: options.limit ?? 6 }, signal: options.signal });
  return page.items;
}

export function addTicket(input: z.input<typeof TicketInput>): Promise<Ticket> {
  return call({ method: 'POST', path: '/tickets', body: input, answer: Ticket });
}

export function changeTicket(id: string, patch: TicketPatch): Promise<Ticket> {
  return call({ method: 'PATCH', path: `/tickets/${id}`, body: patch, answer: Ticket });
}

export function addPipeline(input: z.input<typeof PipelineInput>): Promise<Pipeline> {
  return call({ method: 'POST', path: '/pipelines', body: input, answer: Pipeline });
}

export function changePipeline(id: string, input: z.input<typeof PipelineInput>): Promise<Pipeline> {
  return call({ method: 'PUT', path: `/pipelines/${id}`, body: input, answer: Pipeline });
}
