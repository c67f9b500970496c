import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { recordAct } from '../audit/audit.service.ts';
import { recordChanges } from '../database/change-log.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { refreshCompanySearch } from '../people/company-search.service.ts';
import { refreshContacts } from '../people/contact-refresh.service.ts';
import type { PhoneNumber } from '../people/people.contract.ts';
import { changeSettings, defineSettings, readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { keysOf } from './number-keys.ts';
import { insistedNumber, metadataVersion, readNumber, readNumbers, type ReadNumber } from './phone-number.ts';
import type { MarkedNumber, NumberMarksPatch } from './phone-numbers.contract.ts';
import {
  deleteKeysOf,
  findNumber,
  findNumberAt,
  insertKeys,
  listNumbersAfter,
  listNumbersOf,
  unpinNumber,
  updateNumber,
  type NumberRow,
} from './phone-numbers.queries.ts';
import { replaceNumbers, storedForm, toPhoneNumber, type NumberField, type NumberOwner } from './phone-numbers.service.ts';

// What happens to a number after it was entered: it is mended, marked, or read again by newer rules. Whatever depends
// on it (search, lists, phones) follows in the same transaction.

function ownerOf(row: NumberRow): NumberOwner {
  return { kind: row.owner_kind === 'company' ? 'company' : 'contact', id: row.owner_id };
}

async function refreshOwners(ctx: Context, owners: readonly NumberOwner[]): Promise<void> {
  const contacts = new Set(owners.filter((owner) => owner.kind === 'contact').map((owner) => owner.id));
  const companies = new Set(owners.filter((owner) => owner.kind === 'company').map((owner) => owner.id));
  await refreshContacts(ctx, [...contacts]);
  for (const id of companies) await refreshCompanySearch(ctx, id);
  await recordChanges(ctx, [
    ...[...contacts].map((entityId) => ({ entity: 'contact', entityId, op: 'put' }) as const),
    ...[...companies].map((entityId) => ({ entity: 'company', entityId, op: 'put' }) as const),
  ]);
}

async function getNumber(ctx: Context, id: number): Promise<NumberRow> {
  const row = await findNumber(ctx.db, id);
  if (row === undefined) throw new NotFound('This number');
  return row;
}

async function rewrite(ctx: Context, row: NumberRow, read: ReadNumber): Promise<void> {
  const stored = storedForm(read, row.country ?? (await readSettings(ctx, companySettings)).country, row);
  await deleteKeysOf(ctx.db, [row.id]);
  await updateNumber(ctx.db, row.id, stored.row);
  await insertKeys(
    ctx.db,
    stored.keys.map((key) => ({ key, number_id: row.id, owner_kind: row.owner_kind, owner_id: row.owner_id })),
  );
}

/**
 * Replaces what was entered for one number by what a person typed, and says how it is understood now. A complete
 * international number is taken at its word, even when no number plan knows it.
 */
export function fixNumber(ctx: Context, id: number, raw: string): Promise<PhoneNumber> {
  return inTransaction(ctx, async (ctx) => {
    const row = await getNumber(ctx, id);
    const { country: home } = await readSettings(ctx, companySettings);
    const country = row.country ?? home;
    const reads = readNumbers(raw, { country });
    if (reads.length === 0) throw new InvalidInput([{ path: 'raw', message: 'Write the number, for example +48 22 123 45 67.' }]);

    const insisted = reads.length === 1 && reads[0]?.kind === 'unreadable' ? insistedNumber(raw) : undefined;
    if (insisted === undefined) await replaceNumbers(ctx, ownerOf(row), await fieldsWith(ctx, row, raw), { country });
    else await rewrite(ctx, row, insisted);
    await refreshOwners(ctx, [ownerOf(row)]);

    const fixed = await findNumberAt(ctx.db, row);
    if (fixed === undefined) throw new NotFound('This number');
    return toPhoneNumber(fixed, home);
  });
}

/** All fields of the owner, with one number exchanged. */
async function fieldsWith(ctx: Context, fixed: NumberRow, raw: string): Promise<NumberField[]> {
  const rows = await listNumbersOf(ctx.db, fixed.owner_kind, [fixed.owner_id]);
  rows.sort((left, right) => left.position - right.position);
  return [...Map.groupBy(rows, (row) => row.field)].map(([field, numbers]) => ({
    // Written by replaceNumbers from the contract's values.
    field: field as NumberField['field'],
    raw: numbers.map((row) => (row.id === fixed.id ? raw : row.raw)).join('; '),
  }));
}

function toMarkedNumber(row: NumberRow, home: string): MarkedNumber {
  return { ...toPhoneNumber(row, home), isSwitchboard: row.is_switchboard === 1, isShared: row.is_shared === 1, isPinned: row.is_primary === 1 };
}

function flag(wished: boolean | undefined, before: 0 | 1): 0 | 1 {
  if (wished === undefined) return before;
  return wished ? 1 : 0;
}

/** Notes what only a person can know of a number: whose it is meant to be, that several share it, that it is a switchboard. */
export function markNumber(ctx: Context, id: number, marks: NumberMarksPatch): Promise<MarkedNumber> {
  return inTransaction(ctx, async (ctx) => {
    const row = await getNumber(ctx, id);
    if (row.e164 === null) throw new InvalidInput([{ path: 'id', message: 'This number can’t be read, so nothing can be said of it. Mend it first.' }]);
    if (marks.isPinned === true) await unpinNumber(ctx.db, row.e164);
    const next = {
      is_switchboard: flag(marks.isSwitchboard, row.is_switchboard),
      is_shared: flag(marks.isShared, row.is_shared),
      is_primary: flag(marks.isPinned, row.is_primary),
    };
    await updateNumber(ctx.db, id, next);
    await rewriteKeys(ctx, { ...row, ...next });
    await refreshOwners(ctx, [ownerOf(row)]);
    await recordAct(ctx, { action: 'number.marked', target: { kind: row.owner_kind, id: row.owner_id, name: '' }, detail: marks });
    const { country } = await readSettings(ctx, companySettings);
    return toMarkedNumber({ ...row, ...next }, country);
  });
}

async function rewriteKeys(ctx: Context, row: NumberRow): Promise<void> {
  const country = row.country ?? (await readSettings(ctx, companySettings)).country;
  const keys = keysOf({ ...readAgain(row, country), country, isSwitchboard: row.is_switchboard === 1 });
  await deleteKeysOf(ctx.db, [row.id]);
  await insertKeys(
    ctx.db,
    keys.map((key) => ({ key, number_id: row.id, owner_kind: row.owner_kind, owner_id: row.owner_id })),
  );
}

/** How far the stored numbers have been read again by the present rules. */
const readingState = defineSettings('phone-numbers', z.object({ readWith: z.string().default(''), reachedId: z.number().int().default(0) }));

const rowsAtOnce = 500;

/** Reads all stored numbers again when the rules or number plans are newer than they are, bit by bit. */
export async function readAllAgain(ctx: Context): Promise<void> {
  const state = await readSettings(ctx, readingState);
  if (state.readWith === metadataVersion) return;
  for (;;) {
    const isDone = await inTransaction(ctx, readSomeAgain);
    if (isDone) return;
    await nextTurn();
  }
}

async function readSomeAgain(ctx: Context): Promise<boolean> {
  const { reachedId } = await readSettings(ctx, readingState);
  const rows = await listNumbersAfter(ctx.db, { after: reachedId, limit: rowsAtOnce });
  const last = rows.at(-1);
  if (last === undefined) {
    await changeSettings(ctx, readingState, { readWith: metadataVersion, reachedId: 0 });
    return true;
  }
  const { country: home } = await readSettings(ctx, companySettings);
  const moved: NumberOwner[] = [];
  for (const row of rows.filter((candidate) => candidate.metadata_version !== metadataVersion)) {
    const read = readAgain(row, row.country ?? home);
    await rewrite(ctx, row, read);
    if (read.e164 !== row.e164) moved.push(ownerOf(row));
  }
  await refreshOwners(ctx, moved);
  await changeSettings(ctx, readingState, { reachedId: last.id });
  return false;
}

/** What a person insisted on stays, and so does a suggestion that came from the number's neighbour. */
function readAgain(row: NumberRow, country: string): ReadNumber {
  const read = readNumber(row.raw, { country });
  if (read.kind === 'unreadable' && row.kind === 'e164' && row.e164 === row.raw) return insistedNumber(row.raw) ?? read;
  return read.problem === 'abbreviated' ? { ...read, suggestion: row.suggestion } : read;
}
