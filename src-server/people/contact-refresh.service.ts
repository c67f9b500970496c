import { recordChanges } from '../database/change-log.ts';
import { indexTexts } from '../database/search.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import {
  deleteMembers,
  insertMembers,
  listActiveLists,
  listContactFacts,
  listMemberships,
  listOwnersNumbers,
  type ContactFacts,
} from './contact-refresh.queries.ts';
import { filterUses, fitsFilter, type FilteredContact } from './list-filter.ts';
import { searchText } from './people-search.ts';
import type { ListFilter } from './people.contract.ts';
import { readPropertyValues } from './property-values.service.ts';

// What follows from a contact: which active lists it is in, and what it is found by. Both are brought up to date in the
// transaction that changes the contact; the cost grows with the number of active lists, never with the number of contacts.

interface ActiveList {
  readonly id: string;
  readonly filter: ListFilter;
}

type Numbers = Awaited<ReturnType<typeof listOwnersNumbers>>;

/** Which of the lists a refresh looks at; all active ones when left out. */
export interface RefreshOptions {
  readonly onlyListId?: string;
  readonly onlyAfterActivity?: true;
  /** The contacts were made in this transaction: nothing finds them yet. */
  readonly areNew?: true;
}

async function activeLists(ctx: Context, options: RefreshOptions): Promise<ActiveList[]> {
  const rows = await listActiveLists(ctx.db);
  return rows
    .filter((row) => options.onlyListId === undefined || row.id === options.onlyListId)
    .map((row) => ({ id: row.id, filter: JSON.parse(row.filter ?? '{"groups":[]}') as ListFilter })) // Written by lists.service from the contract.
    .filter((list) => options.onlyAfterActivity === undefined || filterUses(list.filter, 'lastActivityAt'));
}

function group<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known === undefined) groups.set(keyOf(row), [row]);
    else known.push(row);
  }
  return groups;
}

function filled(value: string | null | undefined): string[] {
  return value === null || value === undefined || value === '' ? [] : [value];
}

function asFiltered(facts: ContactFacts, numbers: Numbers, values: Readonly<Record<string, string>>): FilteredContact {
  const numbersIn = (field: string) => numbers.filter((number) => number.field === field).map((number) => number.e164 ?? number.raw);
  return (field) => {
    if (field.startsWith('property:')) return filled(values[field.slice('property:'.length)]);
    switch (field) {
      case 'firstName':
        return filled(facts.first_name);
      case 'lastName':
        return filled(facts.last_name);
      case 'email':
        return filled(facts.email);
      case 'phone':
      case 'mobile':
        return numbersIn(field);
      case 'company':
        return filled(facts.company_name);
      case 'companyDomain':
        return filled(facts.company_domain);
      case 'jobTitle':
        return filled(facts.job_title);
      case 'language':
        return filled(facts.language);
      case 'country':
        return filled(facts.country);
      case 'publishToPhones':
        return [facts.publish_to_phones === 1 ? 'true' : 'false'];
      case 'createdAt':
        return [facts.created_at];
      case 'lastActivityAt':
        return [facts.last_activity_at];
      default:
        return [];
    }
  };
}

/** Compares what the lists should hold with what they do, and mends the difference. The contacts that moved. */
async function refreshMemberships(
  ctx: Context,
  {
    lists,
    contacts,
    members,
  }: { readonly lists: readonly ActiveList[]; readonly contacts: ReadonlyMap<string, FilteredContact>; readonly members: Map<string, Set<string>> },
): Promise<Set<string>> {
  const moved = new Set<string>();
  const at = isoNow(ctx);
  for (const list of lists) {
    const joining: string[] = [];
    const leaving: string[] = [];
    for (const [id, contact] of contacts) {
      const isIn = members.get(id)?.has(list.id) ?? false;
      const fits = fitsFilter(list.filter, contact);
      if (fits && !isIn) joining.push(id);
      if (!fits && isIn) leaving.push(id);
    }
    for (const id of await insertMembers(ctx.db, { listId: list.id, contactIds: joining, at })) {
      moved.add(id);
      members.set(id, (members.get(id) ?? new Set()).add(list.id));
    }
    for (const id of await deleteMembers(ctx.db, list.id, leaving)) {
      moved.add(id);
      members.get(id)?.delete(list.id);
    }
  }
  return moved;
}

function searchRow(facts: ContactFacts, found: { readonly numbers: Numbers; readonly listIds: Iterable<string> }) {
  const text = searchText({
    names: [facts.first_name, facts.last_name, facts.company_name ?? ''],
    email: facts.email,
    numbers: found.numbers,
    listIds: [...found.listIds],
    companyId: facts.company_id,
  });
  return { rowid: facts.activity_rank, text };
}

/** Brings lists and search up to date with contacts as they stand now. Call it in the transaction that changes them. */
export async function refreshContacts(ctx: Context, contactIds: readonly string[], options: RefreshOptions = {}): Promise<void> {
  if (contactIds.length === 0) return;
  await inTransaction(ctx, async (ctx) => {
    const facts = await listContactFacts(ctx.db, contactIds);
    const numbers = group(await listOwnersNumbers(ctx.db, 'contact', contactIds), (row) => row.owner_id);
    const lists = await activeLists(ctx, options);
    const memberships = await listMemberships(ctx.db, contactIds);
    const members = new Map([...group(memberships, (row) => row.contact_id)].map(([id, rows]) => [id, new Set(rows.map((row) => row.list_id))]));
    const needsValues = lists.some((list) => list.filter.groups.flat().some((condition) => condition.field.startsWith('property:')));
    const values = needsValues ? await readPropertyValues(ctx, 'contact', contactIds) : new Map<string, Record<string, string>>();

    const contacts = new Map(facts.map((row) => [row.id, asFiltered(row, numbers.get(row.id) ?? [], values.get(row.id) ?? {})]));
    const moved = await refreshMemberships(ctx, { lists, contacts, members });
    await recordChanges(
      ctx,
      [...moved].map((entityId) => ({ entity: 'contact', entityId, op: 'put' })),
    );
    // A walk for one list leaves those alone whose words stayed the same.
    const found = facts.filter((row) => options.onlyListId === undefined || moved.has(row.id));
    await indexTexts(ctx, {
      index: 'contact_search',
      areNew: options.areNew === true,
      rows: found.map((row) => searchRow(row, { numbers: numbers.get(row.id) ?? [], listIds: members.get(row.id) ?? [] })),
    });
  });
}
