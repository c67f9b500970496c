import { recordAct } from '../audit/audit.service.ts';
import { recordChanges } from '../database/change-log.ts';
import { AppError, InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import { deleteMembers, insertMembers } from './contact-refresh.queries.ts';
import { refreshContacts } from './contact-refresh.service.ts';
import { filterProblems, tidyFilter, type FilterFields } from './list-filter.ts';
import { findList, findListNamed, insertList, listKnownContacts, listListRows, listPhonesWith, updateList, type ListRow } from './lists.queries.ts';
import type { List, ListFilter, ListInput, ListMembersChange, ListPatch } from './people.contract.ts';
import { listRefreshTargets } from './people-refresh.queries.ts';
import { startRefresh } from './people-refresh.service.ts';
import { listProperties } from './properties.service.ts';

/** Phones carry the list, so removing it would change what they hold behind their owners' backs. */
export class ListInUse extends AppError {
  readonly kind = 'conflict';
  readonly code = 'list-in-use';

  constructor(list: string, phones: readonly string[]) {
    super(`“${list}” is on these phones: ${phones.join(', ')}. Choose other lists for them first.`);
  }
}

/** The members of an active list follow from its filter. */
export class ListKeepsItself extends AppError {
  readonly kind = 'conflict';
  readonly code = 'list-keeps-itself';

  constructor() {
    super('The members of an active list follow from its filter. Change the filter, or make a static list.');
  }
}

function toList(row: ListRow, updating: ReadonlySet<string>): List {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as List['kind'], // Both columns are written below only, from the contract's values.
    filter: row.filter === null ? null : (JSON.parse(row.filter) as ListFilter),
    memberCount: row.member_count,
    isUpdating: updating.has(row.id),
    createdAt: row.created_at,
  };
}

async function updatingLists(ctx: Context): Promise<Set<string>> {
  return new Set((await listRefreshTargets(ctx.db, 'list')).map((row) => row.target_id));
}

/** All lists by name. There are few, so it is one page. */
export async function listLists(ctx: Context): Promise<Page<List>> {
  const updating = await updatingLists(ctx);
  return { items: (await listListRows(ctx.db)).map((row) => toList(row, updating)), nextCursor: null };
}

export async function getList(ctx: Context, id: string): Promise<List> {
  const row = await findList(ctx.db, id);
  if (row === undefined) throw new NotFound('This list');
  return toList(row, await updatingLists(ctx));
}

async function fieldsOfFilters(ctx: Context): Promise<FilterFields> {
  const properties = await listProperties(ctx, 'contact');
  return new Map(properties.map((property) => [property.isBuiltIn ? property.name : `property:${property.name}`, property]));
}

/** @throws InvalidInput naming the condition, e.g. `filter.groups.0.1.value`. */
async function readFilter(ctx: Context, filter: ListFilter): Promise<ListFilter> {
  const fields = await fieldsOfFilters(ctx);
  const problems = filterProblems(filter, fields);
  if (problems.length > 0) throw new InvalidInput(problems);
  return tidyFilter(filter, fields);
}

async function refuseTakenName(ctx: Context, name: string, exceptId?: string): Promise<void> {
  const owner = await findListNamed(ctx.db, name);
  if (owner === undefined || owner.id === exceptId) return;
  throw new InvalidInput([{ path: 'name', message: `There is a list “${name}” already. Choose another name.` }]);
}

/** Makes a list. An active one fills at once on a small desk, and in the background on a large one (`isUpdating`). */
export function createList(ctx: Context, input: ListInput): Promise<List> {
  return inTransaction(ctx, async (ctx) => {
    await refuseTakenName(ctx, input.name);
    const id = newId();
    const now = isoNow(ctx);
    const filter = input.kind === 'active' ? await readFilter(ctx, input.filter) : null;
    await insertList(ctx.db, {
      id,
      name: input.name,
      kind: input.kind,
      filter: filter === null ? null : JSON.stringify(filter),
      created_at: now,
      updated_at: now,
    });
    await recordAct(ctx, { action: 'list.added', target: { kind: 'list', id, name: input.name }, detail: { kind: input.kind } });
    await recordChanges(ctx, [{ entity: 'list', entityId: id, op: 'put' }]);
    if (input.kind === 'active') await startRefresh(ctx, 'list', id);
    else await addMembers(ctx, id, { contactIds: input.contactIds, path: 'contactIds' });
    return getList(ctx, id);
  });
}

/** Renames a list or gives an active one another filter. */
export function changeList(ctx: Context, id: string, patch: ListPatch): Promise<List> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findList(ctx.db, id);
    if (row === undefined) throw new NotFound('This list');
    if (patch.name !== undefined) await refuseTakenName(ctx, patch.name, id);
    if (patch.filter !== undefined && row.kind !== 'active') {
      throw new InvalidInput([{ path: 'filter', message: 'A static list has no filter. Pick its members, or make an active list.' }]);
    }
    const filter = patch.filter === undefined ? undefined : await readFilter(ctx, patch.filter);
    await updateList(ctx.db, id, {
      updated_at: isoNow(ctx),
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
    });
    await recordAct(ctx, { action: 'list.changed', target: { kind: 'list', id, name: patch.name ?? row.name }, detail: patch });
    await recordChanges(ctx, [{ entity: 'list', entityId: id, op: 'put' }]);
    if (filter !== undefined) await startRefresh(ctx, 'list', id);
    return getList(ctx, id);
  });
}

/**
 * Removes a list; its contacts stay. It is gone from every screen at once.
 * @throws ListInUse
 */
export function removeList(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findList(ctx.db, id);
    if (row === undefined) throw new NotFound('This list');
    const phones = await listPhonesWith(ctx.db, id);
    if (phones.length > 0)
      throw new ListInUse(
        row.name,
        phones.map((phone) => phone.name),
      );
    await recordAct(ctx, { action: 'list.removed', target: { kind: 'list', id, name: row.name } });
    await recordChanges(ctx, [{ entity: 'list', entityId: id, op: 'delete' }]);
    await updateList(ctx.db, id, { kind: 'removed', name: id, filter: null });
    await startRefresh(ctx, 'list-removal', id);
  });
}

/** Says that contacts came or went, to search and to the phones that carry the list. */
async function tellMoved(ctx: Context, contactIds: readonly string[]): Promise<void> {
  await refreshContacts(ctx, contactIds);
  await recordChanges(
    ctx,
    contactIds.map((entityId) => ({ entity: 'contact', entityId, op: 'put' })),
  );
}

async function addMembers(ctx: Context, listId: string, added: { readonly contactIds: readonly string[]; readonly path: string }): Promise<string[]> {
  const moved: string[] = [];
  for (let start = 0; start < added.contactIds.length; start += 500) {
    const ids = [...new Set(added.contactIds.slice(start, start + 500))];
    const known = new Set((await listKnownContacts(ctx.db, ids)).map((row) => row.id));
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) {
      throw new InvalidInput([{ path: added.path, message: `There is no contact ${unknown[0]}. It may have been removed; reload and pick again.` }]);
    }
    const joined = await insertMembers(ctx.db, { listId, contactIds: ids, at: isoNow(ctx) });
    await tellMoved(ctx, joined);
    moved.push(...joined);
  }
  return moved;
}

/**
 * Adds and removes members of a static list. Adding one who is in, or removing one who is not, changes nothing.
 * @throws ListKeepsItself for an active list.
 */
export function changeListMembers(ctx: Context, id: string, change: ListMembersChange): Promise<List> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findList(ctx.db, id);
    if (row === undefined) throw new NotFound('This list');
    if (row.kind === 'active') throw new ListKeepsItself();
    const added = await addMembers(ctx, id, { contactIds: change.add, path: 'add' });
    let removed = 0;
    for (let start = 0; start < change.remove.length; start += 500) {
      const left = await deleteMembers(ctx.db, id, change.remove.slice(start, start + 500));
      await tellMoved(ctx, left);
      removed += left.length;
    }
    if (added.length + removed > 0) {
      await recordChanges(ctx, [{ entity: 'list', entityId: id, op: 'put' }]);
      await recordAct(ctx, { action: 'list.members-changed', target: { kind: 'list', id, name: row.name }, detail: { added: added.length, removed } });
    }
    return getList(ctx, id);
  });
}
