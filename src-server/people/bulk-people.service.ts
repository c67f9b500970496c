import { setImmediate as breathe } from 'node:timers/promises';
import { recordChanges, type ChangedEntity } from '../database/change-log.ts';
import { removeText } from '../database/search.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { removeNumbersOfMany, replaceNumbersOfMany, type NumberField } from '../phone-numbers/phone-numbers.service.ts';
import { rankGiverFor } from './activity-rank.queries.ts';
import {
  deleteCompanies,
  deleteContacts,
  deleteDeals,
  deleteEngagementsOf,
  deleteEngagementsOfTickets,
  deletePropertyValues,
  deletePropertyValuesOf,
  giveDealsCompany,
  insertCompanies,
  insertContacts,
  insertContactsOfDeals,
  insertDeals,
  insertPropertyValues,
  joinCompany,
  listMembershipsOf,
  listRanks,
  savePropertyValues,
  setOwner,
} from './bulk-people.queries.ts';
import { refreshCompanySearch } from './company-search.service.ts';
import { deleteMembers } from './contact-refresh.queries.ts';
import { refreshContacts } from './contact-refresh.service.ts';
import { listDealContacts } from './deals.queries.ts';

// What the other services do for one record, for hundreds at once: for imports and their undoing. Nothing is mailed and
// nothing is audited record by record; the import as a whole is. The event loop gets a turn between pieces.

interface NewRecord {
  readonly id: string;
  readonly country: string | null;
  readonly ownerAgentId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastActivityAt: string;
  readonly numbers: readonly NumberField[];
  /** The country the numbers were read with. */
  readonly numbersCountry: string;
  readonly propertyValues: readonly PropertyValue[];
}

export interface PropertyValue {
  readonly propertyId: string;
  readonly value: string;
}

export interface NewContact extends NewRecord {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly companyId: string | null;
  readonly jobTitle: string | null;
  readonly language: string | null;
}

export interface NewCompany extends NewRecord {
  readonly name: string;
  readonly domain: string | null;
  readonly city: string | null;
}

const piece = 100;
const pieceOfPlainRows = 250;

/** Hands over a list piece by piece, with a turn for others before each next one. */
async function inPieces<Item>(items: readonly Item[], ...[work, size = piece]: [work: (some: readonly Item[]) => Promise<void>, size?: number]): Promise<void> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await breathe();
    await work(items.slice(start, start + size));
  }
}

/** The most recently active ones come first in lists, so of those that come together the oldest are put in first. */
function oldestFirst<Item extends { readonly lastActivityAt: string }>(records: readonly Item[]): Item[] {
  return records.toSorted((left, right) => (left.lastActivityAt < right.lastActivityAt ? -1 : Number(left.lastActivityAt > right.lastActivityAt)));
}

async function addBelongings(ctx: Context, kind: 'contact' | 'company', records: readonly NewRecord[]): Promise<void> {
  const withNumbers = records.filter((record) => record.numbers.length > 0);
  await inPieces(
    withNumbers,
    async (some) => {
      await replaceNumbersOfMany(
        ctx,
        some.map((record) => ({ owner: { kind, id: record.id }, fields: record.numbers, country: record.numbersCountry })),
      );
    },
    pieceOfPlainRows,
  );
  const values = records.flatMap((record) => record.propertyValues.map(({ propertyId, value }) => ({ property_id: propertyId, record_id: record.id, value })));
  await inPieces(values, (some) => insertPropertyValues(ctx.db, some), pieceOfPlainRows);
}

async function tellChanges(ctx: Context, entity: ChangedEntity, change: { readonly ids: readonly string[]; readonly op: 'put' | 'delete' }): Promise<void> {
  await inPieces(change.ids, (some) =>
    recordChanges(
      ctx,
      some.map((entityId) => ({ entity, entityId, op: change.op })),
    ),
  );
}

/** Adds contacts whose addresses and companies the caller has checked. */
export function addContacts(ctx: Context, contacts: readonly NewContact[]): Promise<void> {
  if (contacts.length === 0) return Promise.resolve();
  return inTransaction(ctx, async (ctx) => {
    const inOrder = oldestFirst(contacts);
    const times = inOrder.map((contact) => contact.lastActivityAt);
    const giveRank = await rankGiverFor(ctx.db, 'contacts', times);
    await inPieces(inOrder, async (some) => {
      const ranks: number[] = [];
      for (const contact of some) ranks.push(await giveRank(contact.lastActivityAt));
      await insertContacts(
        ctx.db,
        some.map((contact, index) => ({
          id: contact.id,
          first_name: contact.firstName,
          last_name: contact.lastName,
          email: contact.email,
          company_id: contact.companyId,
          job_title: contact.jobTitle,
          language: contact.language,
          country: contact.country,
          owner_agent_id: contact.ownerAgentId,
          created_at: contact.createdAt,
          updated_at: contact.updatedAt,
          last_activity_at: contact.lastActivityAt,
          activity_rank: ranks[index] ?? 0,
        })),
      );
    });
    await addBelongings(ctx, 'contact', inOrder);
    // In the order of their ranks: the full-text index is many times faster when its rows come in order.
    const ids = inOrder.map((contact) => contact.id);
    await inPieces(ids, (some) => refreshContacts(ctx, some, { areNew: true }));
    await tellChanges(ctx, 'contact', { ids, op: 'put' });
  });
}

export function addCompanies(ctx: Context, companies: readonly NewCompany[]): Promise<void> {
  if (companies.length === 0) return Promise.resolve();
  return inTransaction(ctx, async (ctx) => {
    const times = companies.map((company) => company.lastActivityAt);
    const giveRank = await rankGiverFor(ctx.db, 'companies', times);
    await inPieces(oldestFirst(companies), async (some) => {
      const ranks: number[] = [];
      for (const company of some) ranks.push(await giveRank(company.lastActivityAt));
      await insertCompanies(
        ctx.db,
        some.map((company, index) => ({
          id: company.id,
          name: company.name,
          domain: company.domain,
          country: company.country,
          city: company.city,
          owner_agent_id: company.ownerAgentId,
          created_at: company.createdAt,
          updated_at: company.updatedAt,
          last_activity_at: company.lastActivityAt,
          activity_rank: ranks[index] ?? 0,
        })),
      );
    });
    await addBelongings(ctx, 'company', companies);
    const ids = companies.map((company) => company.id);
    await inPieces(ids, async (some) => {
      for (const id of some) await refreshCompanySearch(ctx, id);
    });
    await tellChanges(ctx, 'company', { ids, op: 'put' });
  });
}

/** Removes contacts as `removeContact` does. */
export function removeContacts(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return Promise.resolve();
  return inTransaction(ctx, async (ctx) => {
    const ranks = await listRanks(ctx.db, 'contacts', ids);
    for (const [listId, members] of Map.groupBy(await listMembershipsOf(ctx.db, ids), (row) => row.list_id)) {
      await deleteMembers(
        ctx.db,
        listId,
        members.map((row) => row.contact_id),
      );
    }
    await removeNumbersOfMany(ctx, 'contact', ids);
    await deletePropertyValuesOf(ctx.db, ids);
    await deleteEngagementsOf(ctx.db, 'contact_id', ids);
    for (const row of ranks) await removeText(ctx, { index: 'contact_search', rowid: row.activity_rank });
    await deleteContacts(ctx.db, ids);
    await tellChanges(ctx, 'contact', { ids, op: 'delete' });
  });
}

/** Removes companies that have no contacts. */
export function removeCompanies(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return Promise.resolve();
  return inTransaction(ctx, async (ctx) => {
    const ranks = await listRanks(ctx.db, 'companies', ids);
    await removeNumbersOfMany(ctx, 'company', ids);
    await deletePropertyValuesOf(ctx.db, ids);
    await deleteEngagementsOf(ctx.db, 'company_id', ids);
    for (const row of ranks) await removeText(ctx, { index: 'company_search', rowid: row.activity_rank });
    await deleteCompanies(ctx.db, ids);
    await tellChanges(ctx, 'company', { ids, op: 'delete' });
  });
}

export interface NewDeal {
  readonly id: string;
  readonly name: string;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly stage: string | null;
  readonly isOpen: boolean;
  readonly companyId: string | null;
  readonly contactIds: readonly string[];
  readonly closeDate: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly propertyValues: readonly PropertyValue[];
}

export function addDeals(ctx: Context, deals: readonly NewDeal[]): Promise<void> {
  if (deals.length === 0) return Promise.resolve();
  return inTransaction(ctx, async (ctx) => {
    await inPieces(deals, (some) =>
      insertDeals(
        ctx.db,
        some.map((deal) => ({
          id: deal.id,
          name: deal.name,
          amount: deal.amount,
          currency: deal.currency,
          stage: deal.stage,
          is_open: deal.isOpen ? 1 : 0,
          company_id: deal.companyId,
          close_date: deal.closeDate,
          created_at: deal.createdAt,
          updated_at: deal.updatedAt,
        })),
      ),
    );
    await addContactsToDeals(
      ctx,
      deals.flatMap((deal) => deal.contactIds.map((contactId) => ({ dealId: deal.id, contactId }))),
    );
    const values = deals.flatMap((deal) => deal.propertyValues.map(({ propertyId, value }) => ({ property_id: propertyId, record_id: deal.id, value })));
    await inPieces(values, (some) => insertPropertyValues(ctx.db, some));
    await tellChanges(ctx, 'deal', { ids: deals.map((deal) => deal.id), op: 'put' });
  });
}

/** Puts contacts on deals. A deal may stand on its contacts' labels, so they change with it. */
export async function addContactsToDeals(ctx: Context, links: readonly { readonly dealId: string; readonly contactId: string }[]): Promise<void> {
  await inPieces(links, (some) =>
    insertContactsOfDeals(
      ctx.db,
      some.map(({ dealId, contactId }) => ({ deal_id: dealId, contact_id: contactId })),
    ),
  );
  await tellChanges(ctx, 'contact', { ids: [...new Set(links.map((link) => link.contactId))], op: 'put' });
}

export function removeDeals(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return Promise.resolve();
  return inTransaction(ctx, async (ctx) => {
    const contactIds = new Set((await listDealContacts(ctx.db, ids)).map((row) => row.contact_id));
    await deletePropertyValuesOf(ctx.db, ids);
    await deleteDeals(ctx.db, ids);
    await tellChanges(ctx, 'deal', { ids, op: 'delete' });
    await tellChanges(ctx, 'contact', { ids: [...contactIds], op: 'put' });
  });
}

/** Takes tickets that go off the timelines. */
export async function forgetTicketsOnTimelines(ctx: Context, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length > 0) await deleteEngagementsOfTickets(ctx.db, ticketIds);
}

/** Saves values that the caller has checked against their properties; an empty one is removed. */
export async function savePropertyValuesOf(ctx: Context, recordId: string, values: readonly PropertyValue[]): Promise<void> {
  const emptied = values.filter(({ value }) => value === '').map(({ propertyId }) => propertyId);
  if (emptied.length > 0) await deletePropertyValues(ctx.db, recordId, emptied);
  const filled = values.filter(({ value }) => value !== '');
  await savePropertyValues(
    ctx.db,
    filled.map(({ propertyId, value }) => ({ property_id: propertyId, record_id: recordId, value })),
  );
}

/** Gives a contact or company to an agent, or to nobody. */
export async function changeOwner(
  ctx: Context,
  table: 'contacts' | 'companies',
  change: { readonly id: string; readonly agentId: string | null },
): Promise<void> {
  await setOwner(ctx.db, table, change);
}

/** Links contacts and deals to a company that was imported after them. Those that have a company already keep it. */
export function linkToCompany(
  ctx: Context,
  { companyId, contactIds, dealIds }: { readonly companyId: string; readonly contactIds: readonly string[]; readonly dealIds: readonly string[] },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await inPieces(contactIds, async (some) => {
      const moved = await joinCompany(ctx.db, some, companyId);
      await refreshContacts(ctx, moved);
      await tellChanges(ctx, 'contact', { ids: moved, op: 'put' });
    });
    await inPieces(dealIds, (some) => giveDealsCompany(ctx.db, some, companyId));
    await tellChanges(ctx, 'deal', { ids: dealIds, op: 'put' });
  });
}
