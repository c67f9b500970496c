import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  Company,
  CompanyPage,
  Contact,
  ContactPage,
  Deal,
  DealPage,
  EngagementPage,
  List,
  ListPage,
  type CompanyInput,
  type CompanyPatch,
  type ContactInput,
  type ContactPatch,
  type DealInput,
  type DealPatch,
  type ListInput,
  type ListPatch,
  type ListMembersChange,
} from '#server/people/people.contract.ts';
import { call, get, nothing } from './client.ts';
import { pagedList } from './pages.ts';

// Contacts --------------------------------------------------------------------------------------------------------------

export function contactsQuery(query: { search?: string; listId?: string; companyId?: string } = {}) {
  return pagedList({ key: ['contacts', 'list'], path: '/contacts', page: ContactPage, query });
}

export function contactQuery(id: string) {
  return queryOptions({ queryKey: ['contacts', 'one', id], queryFn: ({ signal }) => get(`/contacts/${id}`, Contact, { signal }) });
}

/** The first few contacts that match, for a search box. */
export async function searchContacts(search: string, options: { limit?: number; signal?: AbortSignal } = {}) {
  const page = await get('/contacts', ContactPage, { query: { search, limit: options.limit ?? 8 }, signal: options.signal });
  return page.items;
}

export function addContact(input: z.input<typeof ContactInput>): Promise<Contact> {
  return call({ method: 'POST', path: '/contacts', body: input, answer: Contact });
}

export function changeContact(id: string, patch: ContactPatch): Promise<Contact> {
  return call({ method: 'PATCH', path: `/contacts/${id}`, body: patch, answer: Contact });
}

export function removeContact(id: string): Promise<undefined> {
  return call({ method: 'DELETE', path: `/contacts/${id}`, answer: nothing });
}

/** The timeline of a contact or a company. */
export function timelineQuery(owner: { kind: 'contacts' | 'companies' | 'tickets'; id: string }) {
  return pagedList({ key: ['timeline', owner.kind, owner.id], path: `/${owner.kind}/${owner.id}/timeline`, page: EngagementPage });
}

// Companies -------------------------------------------------------------------------------------------------------------

export function companiesQuery(query: { search?: string } = {}) {
  return pagedList({ key: ['companies', 'list'], path: '/companies', page: CompanyPage, query });
}

/** The first few companies that match, for a search box. */
export async function searchCompanies(search: string, options: { limit?: number; signal?: AbortSignal } = {}) {
  const page = await get('/companies', CompanyPage, { query: { search, limit: options.limit ?? 8 }, signal: options.signal });
  return page.items;
}

export function companyQuery(id: string) {
  return queryOptions({ queryKey: ['companies', 'one', id], queryFn: ({ signal }) => get(`/companies/${id}`, Company, { signal }) });
}

export function addCompany(input: z.input<typeof CompanyInput>): Promise<Company> {
  return call({ method: 'POST', path: '/companies', body: input, answer: Company });
}

export function changeCompany(id: string, patch: CompanyPatch): Promise<Company> {
  return call({ method: 'PATCH', path: `/companies/${id}`, body: patch, answer: Company });
}

export function removeCompany(id: string): Promise<undefined> {
  return call({ method: 'DELETE', path: `/companies/${id}`, answer: nothing });
}

// Deals -----------------------------------------------------------------------------------------------------------------

export function dealsQuery(query: { companyId?: string; contactId?: string } = {}) {
  return pagedList({ key: ['deals'], path: '/deals', page: DealPage, query });
}

export function addDeal(input: z.input<typeof DealInput>): Promise<Deal> {
  return call({ method: 'POST', path: '/deals', body: input, answer: Deal });
}

export function changeDeal(id: string, patch: DealPatch): Promise<Deal> {
  return call({ method: 'PATCH', path: `/deals/${id}`, body: patch, answer: Deal });
}

export function removeDeal(id: string): Promise<undefined> {
  return call({ method: 'DELETE', path: `/deals/${id}`, answer: nothing });
}

// Lists -----------------------------------------------------------------------------------------------------------------

export const listsQuery = queryOptions({
  queryKey: ['lists'],
  queryFn: async ({ signal }) => (await get('/lists', ListPage, { signal })).items,
});

export function addList(input: z.input<typeof ListInput>): Promise<List> {
  return call({ method: 'POST', path: '/lists', body: input, answer: List });
}

/** While a new filter is being applied, how far it is shows in the list itself: it is read again until it is done. */
export function listQuery(id: string) {
  return queryOptions({
    queryKey: ['lists', 'one', id],
    queryFn: ({ signal }) => get(`/lists/${id}`, List, { signal }),
    refetchInterval: (query) => (query.state.data?.isUpdating === true ? 700 : false),
  });
}

export function changeList(id: string, patch: ListPatch): Promise<List> {
  return call({ method: 'PATCH', path: `/lists/${id}`, body: patch, answer: List });
}

export function changeListMembers(id: string, change: z.input<typeof ListMembersChange>): Promise<List> {
  return call({ method: 'PATCH', path: `/lists/${id}/members`, body: change, answer: List });
}

export function removeList(id: string): Promise<undefined> {
  return call({ method: 'DELETE', path: `/lists/${id}`, answer: nothing });
}

/** The ids of everybody on a list, read page by page. */
export async function contactIdsOfList(listId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: z.output<typeof ContactPage> = await get('/contacts', ContactPage, { query: { listId, cursor, limit: 200 } });
    ids.push(...page.items.map((contact) => contact.id));
    cursor = page.nextCursor;
  }
  return ids;
}
