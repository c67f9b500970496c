import { recordAct } from '../audit/audit.service.ts';
import { recordChanges } from '../database/change-log.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { findCompany } from './companies.queries.ts';
import { forgetExternalIds } from './contacts.queries.ts';
import {
  dealsOfCompany,
  dealsOfContact,
  deleteDeal,
  deleteDealContacts,
  findDeal,
  insertDeal,
  insertDealContacts,
  listDealContacts,
  recentDeals,
  updateDeal,
  type DealRow,
} from './deals.queries.ts';
import { listKnownContacts } from './lists.queries.ts';
import type { Deal, DealInput, DealPatch, DealQuery } from './people.contract.ts';
import { removePropertyValues } from './property-values.service.ts';

function toDeal(row: DealRow, contactIds: readonly string[]): Deal {
  return {
    id: row.id,
    name: row.name,
    value: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
    stage: row.stage,
    isOpen: row.is_open === 1,
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? '' },
    contactIds: [...contactIds],
    closeDate: row.close_date,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

async function contactsOf(ctx: Context, dealIds: readonly string[]): Promise<Map<string, string[]>> {
  const contacts = new Map<string, string[]>(dealIds.map((id) => [id, []]));
  if (dealIds.length === 0) return contacts;
  for (const row of await listDealContacts(ctx.db, dealIds)) contacts.get(row.deal_id)?.push(row.contact_id);
  return contacts;
}

function readRows(ctx: Context, query: DealQuery): Promise<DealRow[]> {
  if (query.companyId !== undefined) return ctx.hot.all(dealsOfCompany, { companyId: query.companyId });
  if (query.contactId !== undefined) return ctx.hot.all(dealsOfContact, { contactId: query.contactId });
  const [at, id] = (query.cursor === undefined ? undefined : decodeCursor(query.cursor, 2)) ?? ['9999', ''];
  return ctx.hot.all(recentDeals, { at: String(at), id: String(id), limit: query.limit + 1 });
}

/** A page of deals, the most recently changed first; or all deals of one company or contact. */
export async function listDeals(ctx: Context, query: DealQuery): Promise<Page<Deal>> {
  const rows = await readRows(ctx, query);
  const contacts = await contactsOf(
    ctx,
    rows.map((row) => row.id),
  );
  const isOfOne = query.companyId !== undefined || query.contactId !== undefined;
  return toPage(rows, isOfOne ? rows.length : query.limit, {
    item: (row) => toDeal(row, contacts.get(row.id) ?? []),
    key: (row) => [row.updated_at, row.id],
  });
}

export async function getDeal(ctx: Context, id: string): Promise<Deal> {
  const row = await findDeal(ctx.db, id);
  if (row === undefined) throw new NotFound('This deal');
  return toDeal(row, (await contactsOf(ctx, [id])).get(id) ?? []);
}

async function requireParties(ctx: Context, parties: { readonly companyId?: string | null; readonly contactIds?: readonly string[] }): Promise<void> {
  if (typeof parties.companyId === 'string' && (await findCompany(ctx.db, parties.companyId)) === undefined) {
    throw new InvalidInput([{ path: 'companyId', message: 'There is no such company any more. Choose another one.' }]);
  }
  const ids = [...new Set(parties.contactIds ?? [])];
  if (ids.length === 0) return;
  const known = new Set((await listKnownContacts(ctx.db, ids)).map((row) => row.id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new InvalidInput([{ path: 'contactIds', message: `There is no contact ${unknown}. It may have been removed; pick again.` }]);
}

/** A deal may stand on its contacts' labels, so they change with it. */
async function tellChanged(
  ctx: Context,
  id: string,
  { op, contactIds }: { readonly op: 'put' | 'delete'; readonly contactIds: Iterable<string> },
): Promise<void> {
  const contacts = [...new Set(contactIds)].map((entityId) => ({ entity: 'contact', entityId, op: 'put' }) as const);
  await recordChanges(ctx, [{ entity: 'deal', entityId: id, op }, ...contacts]);
}

export function createDeal(ctx: Context, input: DealInput): Promise<Deal> {
  return inTransaction(ctx, async (ctx) => {
    await requireParties(ctx, input);
    const id = newId();
    const now = isoNow(ctx);
    await insertDeal(ctx.db, {
      id,
      name: input.name,
      amount: input.value?.amount ?? null,
      currency: input.value?.currency ?? null,
      stage: input.stage,
      is_open: input.isOpen ? 1 : 0,
      company_id: input.companyId,
      close_date: input.closeDate,
      created_at: now,
      updated_at: now,
    });
    await insertDealContacts(ctx.db, id, input.contactIds);
    await tellChanged(ctx, id, { op: 'put', contactIds: input.contactIds });
    return getDeal(ctx, id);
  });
}

export function changeDeal(ctx: Context, id: string, patch: DealPatch): Promise<Deal> {
  return inTransaction(ctx, async (ctx) => {
    const before = await getDeal(ctx, id);
    await requireParties(ctx, {
      ...(patch.companyId === undefined ? {} : { companyId: patch.companyId }),
      ...(patch.contactIds === undefined ? {} : { contactIds: patch.contactIds }),
    });
    await updateDeal(ctx.db, id, {
      updated_at: isoNow(ctx),
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.value === undefined ? {} : { amount: patch.value?.amount ?? null, currency: patch.value?.currency ?? null }),
      ...(patch.stage === undefined ? {} : { stage: patch.stage }),
      ...(patch.isOpen === undefined ? {} : { is_open: patch.isOpen ? 1 : 0 }),
      ...(patch.companyId === undefined ? {} : { company_id: patch.companyId }),
      ...(patch.closeDate === undefined ? {} : { close_date: patch.closeDate }),
    });
    if (patch.contactIds !== undefined) {
      await deleteDealContacts(ctx.db, id);
      await insertDealContacts(ctx.db, id, patch.contactIds);
    }
    await tellChanged(ctx, id, { op: 'put', contactIds: [...before.contactIds, ...(patch.contactIds ?? [])] });
    return getDeal(ctx, id);
  });
}

/** Removes a deal. Its contacts and company stay. */
export function removeDeal(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const deal = await getDeal(ctx, id);
    await removePropertyValues(ctx, id);
    await forgetExternalIds(ctx.db, id);
    await deleteDeal(ctx.db, id);
    await tellChanged(ctx, id, { op: 'delete', contactIds: deal.contactIds });
    await recordAct(ctx, { action: 'deal.removed', target: { kind: 'deal', id, name: deal.name } });
  });
}
