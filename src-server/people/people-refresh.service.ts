import { setImmediate as breathe } from 'node:timers/promises';
import { recordChanges } from '../database/change-log.ts';
import { removeText } from '../database/search.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { removeNumbers } from '../phone-numbers/phone-numbers.service.ts';
import { deleteCompany, detachFromCompany, findCompany, forgetCompanyInEngagements, listContactsOf } from './companies.queries.ts';
import { deleteMembers } from './contact-refresh.queries.ts';
import { refreshContacts } from './contact-refresh.service.ts';
import { readNumbersAgain } from './contact-numbers.service.ts';
import { forgetExternalIds } from './contacts.queries.ts';
import {
  deleteList,
  deleteRefresh,
  findOldestRefresh,
  findRefresh,
  listContactsAfter,
  listMembersOf,
  saveReached,
  saveRefresh,
  type RefreshRow,
} from './people-refresh.queries.ts';
import { deleteProperty, deleteSomeValues } from './properties.queries.ts';
import { removePropertyValues } from './property-values.service.ts';

// One change may concern very many records: a filter over a million contacts, the new name of a company with thousands.
// The first batch is done in the transaction of the change, so that a small desk never waits; the rest follows in the
// background, batch by batch, and goes on where it stopped after a restart.

/**
 * - `company`: its contacts are found by its new name.
 * - `company-country`: its contacts' numbers are read with its new country.
 * - `company-removal`: its contacts are taken out, then it goes.
 * - `list`: an active list's filter meets every contact.
 * - `list-removal`: its members are taken out, then it goes.
 * - `property-removal`: its values go, then it goes.
 */
export type RefreshKind = 'company' | 'company-country' | 'company-removal' | 'list' | 'list-removal' | 'property-removal';

const batchSize = 500;

/** Where the next step goes on; undefined when the walk is at its end. */
type Reached = string | undefined;
type Step = (ctx: Context, targetId: string, reached: string) => Promise<Reached>;

function reachedIfFull<Row>(rows: readonly Row[], keyOf: (row: Row) => number): Reached {
  const last = rows.at(-1);
  return last === undefined || rows.length < batchSize ? undefined : String(keyOf(last));
}

async function stepCompany(ctx: Context, companyId: string, reached: string): Promise<Reached> {
  const rows = await listContactsOf(ctx.db, { companyId, after: Number(reached), limit: batchSize });
  const ids = rows.map((row) => row.id);
  await refreshContacts(ctx, ids);
  return reachedIfFull(rows, (row) => row.activity_rank);
}

async function stepCompanyCountry(ctx: Context, companyId: string, reached: string): Promise<Reached> {
  const rows = await listContactsOf(ctx.db, { companyId, after: Number(reached), limit: batchSize });
  const company = await findCompany(ctx.db, companyId);
  const ids = rows.filter((row) => row.country === null).map((row) => row.id);
  await readNumbersAgain(ctx, ids, company?.country ?? null);
  await refreshContacts(ctx, ids);
  await recordChanges(
    ctx,
    ids.map((entityId) => ({ entity: 'contact', entityId, op: 'put' })),
  );
  return reachedIfFull(rows, (row) => row.activity_rank);
}

async function stepCompanyRemoval(ctx: Context, companyId: string): Promise<Reached> {
  const rows = await listContactsOf(ctx.db, { companyId, after: 0, limit: batchSize });
  const ids = rows.map((row) => row.id);
  await detachFromCompany(ctx.db, ids);
  await refreshContacts(ctx, ids);
  await recordChanges(
    ctx,
    ids.map((entityId) => ({ entity: 'contact', entityId, op: 'put' })),
  );
  if (rows.length === batchSize) return 'more';

  const company = await findCompany(ctx.db, companyId);
  if (company === undefined) return undefined;
  await removeNumbers(ctx, { kind: 'company', id: companyId });
  await removePropertyValues(ctx, companyId);
  await forgetCompanyInEngagements(ctx.db, companyId);
  await forgetExternalIds(ctx.db, companyId);
  await removeText(ctx, { index: 'company_search', rowid: company.activity_rank });
  await deleteCompany(ctx.db, companyId);
  await recordChanges(ctx, [{ entity: 'company', entityId: companyId, op: 'delete' }]);
  return undefined;
}

async function stepList(ctx: Context, listId: string, reached: string): Promise<Reached> {
  const rows = await listContactsAfter(ctx.db, Number(reached), batchSize);
  await refreshContacts(
    ctx,
    rows.map((row) => row.id),
    { onlyListId: listId },
  );
  return reachedIfFull(rows, (row) => row.search_id);
}

async function stepListRemoval(ctx: Context, listId: string): Promise<Reached> {
  const ids = (await listMembersOf(ctx.db, listId, batchSize)).map((row) => row.contact_id);
  await deleteMembers(ctx.db, listId, ids);
  await refreshContacts(ctx, ids);
  await recordChanges(
    ctx,
    ids.map((entityId) => ({ entity: 'contact', entityId, op: 'put' })),
  );
  if (ids.length === batchSize) return 'more';
  await deleteList(ctx.db, listId);
  return undefined;
}

async function stepPropertyRemoval(ctx: Context, propertyId: string): Promise<Reached> {
  const removed = await deleteSomeValues(ctx.db, propertyId, batchSize);
  if (removed === batchSize) return 'more';
  await deleteProperty(ctx.db, propertyId);
  return undefined;
}

const steps: Readonly<Record<RefreshKind, Step>> = {
  company: stepCompany,
  'company-country': stepCompanyCountry,
  'company-removal': stepCompanyRemoval,
  list: stepList,
  'list-removal': stepListRemoval,
  'property-removal': stepPropertyRemoval,
};

/** Does one batch. True when the walk has ended. */
function takeStep(ctx: Context, row: RefreshRow): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const current = await findRefresh(ctx.db, row.kind, row.target_id);
    if (current === undefined) return true;
    // Written by startRefresh below.
    const reached = await steps[current.kind as RefreshKind](ctx, current.target_id, current.reached);
    if (reached === undefined) await deleteRefresh(ctx.db, current.kind, current.target_id);
    else await saveReached(ctx.db, current.id, reached);
    return reached === undefined;
  });
}

/** Does the first batch in the caller's transaction and leaves the rest, if any, to the background. */
export async function startRefresh(ctx: Context, kind: RefreshKind, targetId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await saveRefresh(ctx.db, kind, targetId);
    const row = await findRefresh(ctx.db, kind, targetId);
    if (row !== undefined) await takeStep(ctx, row);
  });
}

/**
 * The background job: goes on with unfinished walks, oldest first, letting requests through between batches. It ends
 * after `milliseconds`, so that a server that stops never waits for a long walk.
 */
export async function continueRefreshes(ctx: Context, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    const row = await findOldestRefresh(ctx.db);
    if (row === undefined) return;
    await takeStep(ctx, row);
    await breathe();
  }
}
