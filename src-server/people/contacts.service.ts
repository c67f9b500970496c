import { recordAct } from '../audit/audit.service.ts';
import { recordChanges } from '../database/change-log.ts';
import { removeText } from '../database/search.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { toPage, type Page } from '../kernel/page.ts';
import { visible } from '../kernel/primitives.contract.ts';
import { numbersOf, removeNumbers } from '../phone-numbers/phone-numbers.service.ts';
import { rankBefore } from './activity-rank.ts';
import { raise, rankGiver } from './activity-rank.queries.ts';
import { refreshCompanySearch } from './company-search.service.ts';
import { changeNumbers, requireCompany, writeNumbers } from './contact-numbers.service.ts';
import { deleteMembers } from './contact-refresh.queries.ts';
import { refreshContacts } from './contact-refresh.service.ts';
import {
  contactsOfCompany,
  countOpenTickets,
  deleteContact,
  detachEngagements,
  findByEmail,
  findContact,
  findMemberOf,
  forgetExternalIds,
  foundContacts,
  insertContact,
  listListsOf,
  listOpenDealsOf,
  recentContacts,
  updateContact,
  type FoundContact,
} from './contacts.queries.ts';
import type { Contact, ContactInput, ContactPatch, ContactQuery, ContactSummary, PhoneNumber } from './people.contract.ts';
import { searchExpression } from './people-search.ts';
import { displayName } from './person-name.ts';
import { readPropertyValues, removePropertyValues, writePropertyValues } from './property-values.service.ts';

/** The address as it is kept and compared. */
export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function readRows(ctx: Context, query: ContactQuery) {
  const page = { before: rankBefore(query.cursor), limit: query.limit + 1 };
  const isFiltered = (query.search ?? '') !== '' || query.listId !== undefined;
  if (!isFiltered) {
    return query.companyId === undefined ? ctx.hot.all(recentContacts, page) : ctx.hot.all(contactsOfCompany, { ...page, companyId: query.companyId });
  }
  const match = searchExpression(query);
  return match === undefined ? Promise.resolve([]) : ctx.hot.all(foundContacts, { ...page, match });
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

function toSummary(row: Row, numbers: readonly PhoneNumber[]): ContactSummary {
  const primaryNumber = numbers[0]?.display ?? null;
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    displayName: displayName({ firstName: row.first_name, lastName: row.last_name, email: row.email, number: primaryNumber }),
    email: row.email,
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? '' },
    lastActivityAt: row.last_activity_at,
    primaryNumber,
  };
}

/** A page of contacts, the most recently active first: all, those of a list or company, or those that match a search. */
export async function listContacts(ctx: Context, query: ContactQuery): Promise<Page<ContactSummary>> {
  const rows = await readRows(ctx, query);
  const shown = rows.slice(0, query.limit).map((row) => row.id);
  const numbers = shown.length === 0 ? new Map<string, PhoneNumber[]>() : await numbersOf(ctx, 'contact', shown);
  return toPage(rows, query.limit, { item: (row) => toSummary(row, numbers.get(row.id) ?? []), key: (row) => [row.activity_rank] });
}

/** The contact with everything the screen shows. */
export async function getContact(ctx: Context, id: string): Promise<Contact> {
  const row = await findContact(ctx.db, id);
  if (row === undefined) throw new NotFound('This contact');
  const numbers = (await numbersOf(ctx, 'contact', [id])).get(id) ?? [];
  const values = await readPropertyValues(ctx, 'contact', [id]);
  const deals = await listOpenDealsOf(ctx.db, id);
  const member = await findMemberOf(ctx.db, id);
  return {
    id,
    firstName: row.first_name,
    lastName: row.last_name,
    displayName: displayName({ firstName: row.first_name, lastName: row.last_name, email: row.email, number: numbers[0]?.display ?? null }),
    email: row.email,
    company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? '' },
    jobTitle: row.job_title,
    language: row.language,
    country: row.country,
    numbers: [...numbers],
    publishToPhones: row.publish_to_phones === 1,
    properties: values.get(id) ?? {},
    lists: await listListsOf(ctx.db, id),
    openDeals: deals.map((deal) => ({
      id: deal.id,
      name: deal.name,
      value: deal.amount === null || deal.currency === null ? null : { amount: deal.amount, currency: deal.currency },
    })),
    // The column is written by members/ from the contract's values.
    member: member === undefined ? null : { id: member.id, state: member.state as 'invited' | 'active' | 'disabled' },
    openTickets: await countOpenTickets(ctx.db, { column: 'contact_id', id }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastActivityAt: row.last_activity_at,
  };
}

async function refuseTakenEmail(ctx: Context, email: string, exceptId?: string): Promise<void> {
  const owner = await findByEmail(ctx.db, email);
  if (owner === undefined || owner.id === exceptId) return;
  const name = displayName({ firstName: owner.first_name, lastName: owner.last_name, email });
  throw new InvalidInput([{ path: 'email', message: `${name} has this address already. Use that contact, or another address here.` }]);
}

function requireSomething(contact: { readonly firstName: string; readonly lastName: string; readonly email: string | null; readonly numbers: string }): void {
  if (visible.test(`${contact.firstName}${contact.lastName}${contact.email ?? ''}${contact.numbers}`)) return;
  throw new InvalidInput([{ path: 'firstName', message: 'Write at least a name, an e-mail address or a number.' }]);
}

/** Adds a contact and says its id: `createContact` for callers that don't need to read it back. */
export function addContact(ctx: Context, input: ContactInput): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const email = input.email === null ? null : canonicalEmail(input.email);
    requireSomething({ ...input, email, numbers: input.phone + input.mobile });
    if (email !== null) await refuseTakenEmail(ctx, email);
    const company = await requireCompany(ctx, input.companyId);

    const id = newId();
    const now = isoNow(ctx);
    await insertContact(ctx.db, {
      id,
      first_name: input.firstName,
      last_name: input.lastName,
      email,
      company_id: input.companyId,
      job_title: input.jobTitle,
      language: input.language,
      country: input.country,
      publish_to_phones: input.publishToPhones ? 1 : 0,
      created_at: now,
      updated_at: now,
      last_activity_at: now,
      activity_rank: await rankGiver(ctx.db, 'contacts')(now),
    });
    await writeNumbers(ctx, { id, country: input.country, companyCountry: company.country }, { phone: input.phone, mobile: input.mobile });
    await writePropertyValues(ctx, { object: 'contact', recordId: id, values: input.properties });
    await refreshContacts(ctx, [id]);
    await recordChanges(ctx, [{ entity: 'contact', entityId: id, op: 'put' }]);
    return id;
  });
}

export async function createContact(ctx: Context, input: ContactInput): Promise<Contact> {
  return getContact(ctx, await addContact(ctx, input));
}

/** An address is what a portal member signs in with, so it can't be taken away under them. */
async function refuseLosingSignIn(ctx: Context, contact: FoundContact, email: string | null | undefined): Promise<void> {
  if (email !== null || contact.email === null || (await findMemberOf(ctx.db, contact.id)) === undefined) return;
  throw new InvalidInput([
    { path: 'email', message: 'This person signs in to the portal with this address. Write another one, or take away their access first.' },
  ]);
}

/** Changes the fields that are given: `changeContact` for callers that don't need to read the contact back. */
export function patchContact(ctx: Context, id: string, patch: ContactPatch): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const before = await findContact(ctx.db, id);
    if (before === undefined) throw new NotFound('This contact');
    const email = patch.email === undefined || patch.email === null ? patch.email : canonicalEmail(patch.email);
    if (email !== undefined && email !== null) await refuseTakenEmail(ctx, email, id);
    await refuseLosingSignIn(ctx, before, email);
    await requireCompany(ctx, patch.companyId);

    await changeNumbers(ctx, before, patch);
    await updateContact(ctx.db, id, {
      updated_at: isoNow(ctx),
      ...(patch.firstName === undefined ? {} : { first_name: patch.firstName }),
      ...(patch.lastName === undefined ? {} : { last_name: patch.lastName }),
      ...(email === undefined ? {} : { email }),
      ...(patch.companyId === undefined ? {} : { company_id: patch.companyId }),
      ...(patch.jobTitle === undefined ? {} : { job_title: patch.jobTitle }),
      ...(patch.language === undefined ? {} : { language: patch.language }),
      ...(patch.country === undefined ? {} : { country: patch.country }),
      ...(patch.publishToPhones === undefined ? {} : { publish_to_phones: patch.publishToPhones ? 1 : 0 }),
    });
    if (patch.properties !== undefined) await writePropertyValues(ctx, { object: 'contact', recordId: id, values: patch.properties });
    await refuseEmptied(ctx, id);
    await refreshContacts(ctx, [id]);
    await recordChanges(ctx, [{ entity: 'contact', entityId: id, op: 'put' }]);
  });
}

async function refuseEmptied(ctx: Context, id: string): Promise<void> {
  const row = await findContact(ctx.db, id);
  if (row === undefined || `${row.first_name}${row.last_name}${row.email ?? ''}` !== '') return;
  const numbers = (await numbersOf(ctx, 'contact', [id])).get(id) ?? [];
  requireSomething({ firstName: '', lastName: '', email: null, numbers: numbers.map((number) => number.raw).join('') });
}

export async function changeContact(ctx: Context, id: string, patch: ContactPatch): Promise<Contact> {
  await patchContact(ctx, id, patch);
  return getContact(ctx, id);
}

/**
 * Removes a contact for good. Their tickets stay, without them; their portal access ends at once, their numbers leave
 * every phone at its next sync.
 */
export function removeContact(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findContact(ctx.db, id);
    if (row === undefined) throw new NotFound('This contact');
    for (const list of await listListsOf(ctx.db, id)) await deleteMembers(ctx.db, list.id, [id]);
    await removeNumbers(ctx, { kind: 'contact', id });
    await removePropertyValues(ctx, id);
    await detachEngagements(ctx.db, id);
    await forgetExternalIds(ctx.db, id);
    await removeText(ctx, { index: 'contact_search', rowid: row.activity_rank });
    await deleteContact(ctx.db, id);
    await recordChanges(ctx, [{ entity: 'contact', entityId: id, op: 'delete' }]);
    const name = displayName({ firstName: row.first_name, lastName: row.last_name, email: row.email });
    await recordAct(ctx, { action: 'contact.removed', target: { kind: 'contact', id, name } });
  });
}

/** Notes that something happened with these people just now, or at `at`: they come first in lists and searches. */
export function touchPeople(
  ctx: Context,
  touched: { readonly contactId?: string | null; readonly companyId?: string | null; readonly at?: string },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const at = touched.at ?? isoNow(ctx);
    if (typeof touched.contactId === 'string') {
      const moved = await raise(ctx.db, 'contacts', { id: touched.contactId, at });
      if (moved !== undefined && moved.from !== moved.to) await removeText(ctx, { index: 'contact_search', rowid: moved.from });
      if (moved !== undefined) await refreshContacts(ctx, [touched.contactId], { onlyAfterActivity: true });
      // Phones that hold the most recently active contacts only, and numbers that several share, go by this order.
      if (moved !== undefined && moved.from !== moved.to) await recordChanges(ctx, [{ entity: 'contact', entityId: touched.contactId, op: 'put' }]);
    }
    if (typeof touched.companyId === 'string') {
      const moved = await raise(ctx.db, 'companies', { id: touched.companyId, at });
      if (moved !== undefined && moved.from !== moved.to) await removeText(ctx, { index: 'company_search', rowid: moved.from });
      if (moved !== undefined && moved.from !== moved.to) await refreshCompanySearch(ctx, touched.companyId);
    }
  });
}
