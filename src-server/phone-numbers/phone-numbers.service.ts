import { inTransaction, type Context } from '../kernel/context.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import type { NumberProblem, PhoneNumber } from '../people/people.contract.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { keysOf } from './number-keys.ts';
import { explainNumberProblem } from './number-problems.ts';
import { formatForScreen, insistedNumber, metadataVersion, readNumbers, type ReadNumber } from './phone-number.ts';
import {
  countUnreadable,
  deleteNumbers,
  insertKeys,
  insertNumbers,
  listNumbersOf,
  unreadableNumbers,
  type NewNumberRow,
  type NumberRow,
} from './phone-numbers.queries.ts';

export interface NumberOwner {
  readonly kind: 'contact' | 'company';
  readonly id: string;
}

export interface NumberField {
  readonly field: PhoneNumber['field'];
  readonly raw: string;
  /** What `raw` reads as in the owner's country, for callers who have read it already. */
  readonly reads?: readonly ReadNumber[];
}

/** What all number fields of one owner hold, and the country that numbers without a country code are read with. */
export interface OwnersNumbers {
  readonly owner: NumberOwner;
  readonly fields: readonly NumberField[];
  readonly country: string;
}

interface NewNumber {
  readonly row: NewNumberRow;
  readonly keys: readonly string[];
}

function placeOf(row: Pick<NewNumberRow, 'owner_kind' | 'owner_id' | 'field' | 'position'>): string {
  return `${row.owner_kind}/${row.owner_id}/${row.field}/${row.position}`;
}

/** A number as it is stored. What a person marked stays with the number it was marked on. */
export function storedForm(
  read: ReadNumber,
  country: string,
  before?: NumberRow,
): { readonly row: Omit<NewNumberRow, 'owner_kind' | 'owner_id' | 'field' | 'position'>; readonly keys: readonly string[] } {
  const isSame = before !== undefined && read.e164 !== null && before.e164 === read.e164;
  const isSwitchboard = read.switchboardBase !== null || (isSame && before.is_switchboard === 1);
  return {
    row: {
      raw: read.raw,
      kind: read.kind,
      e164: read.e164,
      extension: read.extension,
      country,
      suggestion: read.suggestion,
      problem: read.problem,
      is_primary: isSame ? before.is_primary : 0,
      is_switchboard: isSwitchboard ? 1 : 0,
      is_shared: isSame ? before.is_shared : 0,
      metadata_version: metadataVersion,
    },
    keys: keysOf({ ...read, country, isSwitchboard }),
  };
}

/** A number that a person insisted on before stays one. */
function asInsisted(read: ReadNumber, before: readonly NumberRow[]): ReadNumber {
  const wasInsisted = read.kind === 'unreadable' && before.some((row) => row.kind === 'e164' && row.raw === read.raw && row.e164 === read.raw);
  return wasInsisted ? (insistedNumber(read.raw) ?? read) : read;
}

function newNumbersOf({ owner, fields, country }: OwnersNumbers, before: readonly NumberRow[]): NewNumber[] {
  return fields.flatMap(({ field, raw, reads }) =>
    (reads ?? readNumbers(raw, { country })).map((typed, position) => {
      const read = asInsisted(typed, before);
      const known = before.find((row) => row.field === field && row.e164 !== null && row.e164 === read.e164);
      const { row, keys } = storedForm(read, country, known);
      return { row: { owner_kind: owner.kind, owner_id: owner.id, field, position, ...row }, keys };
    }),
  );
}

function isAsBefore(numbers: readonly NewNumber[], before: readonly NumberRow[]): boolean {
  if (numbers.length !== before.length) return false;
  const rows = new Map(before.map((row) => [placeOf(row), row]));
  return numbers.every(({ row }) => {
    const known = rows.get(placeOf(row));
    return known !== undefined && known.raw === row.raw && known.country === row.country && known.metadata_version === row.metadata_version;
  });
}

// SQLite takes at most 32,766 values a statement; a number has 15.
const rowsAtOnce = 500;

/**
 * Replaces all numbers of many owners, who must all be of one kind: contacts or companies. Owners whose fields read as
 * before are left alone. Call it inside the transaction that changes the owners; it says who has other numbers now.
 */
export function replaceNumbersOfMany(ctx: Context, changes: readonly OwnersNumbers[]): Promise<Set<string>> {
  const kind = changes[0]?.owner.kind;
  if (kind === undefined) return Promise.resolve(new Set());
  return inTransaction(ctx, async (ctx) => {
    const known = Map.groupBy(
      await listNumbersOf(
        ctx.db,
        kind,
        changes.map((change) => change.owner.id),
      ),
      (row) => row.owner_id,
    );
    const changed = new Set<string>();
    const removed: number[] = [];
    const added: NewNumber[] = [];
    for (const change of changes) {
      const before = known.get(change.owner.id) ?? [];
      const numbers = newNumbersOf(change, before);
      if (isAsBefore(numbers, before)) continue;
      changed.add(change.owner.id);
      removed.push(...before.map((row) => row.id));
      added.push(...numbers);
    }
    await deleteNumbers(ctx.db, removed);
    for (let start = 0; start < added.length; start += rowsAtOnce) await addNumbers(ctx, added.slice(start, start + rowsAtOnce));
    return changed;
  });
}

async function addNumbers(ctx: Context, numbers: readonly NewNumber[]): Promise<void> {
  const inserted = await insertNumbers(
    ctx.db,
    numbers.map((number) => number.row),
  );
  const ids = new Map(inserted.map((row) => [placeOf(row), row.id]));
  await insertKeys(
    ctx.db,
    numbers.flatMap(({ row, keys }) => keys.map((key) => ({ key, number_id: ids.get(placeOf(row)) ?? 0, owner_kind: row.owner_kind, owner_id: row.owner_id }))),
  );
}

/**
 * Replaces all numbers of one owner: fields that are left out are emptied. Call it inside the transaction that changes
 * the owner. True when something changed.
 */
export async function replaceNumbers(
  ctx: Context,
  owner: NumberOwner,
  ...[fields, { country }]: [fields: readonly NumberField[], options: { readonly country: string }]
): Promise<boolean> {
  return (await replaceNumbersOfMany(ctx, [{ owner, fields, country }])).size > 0;
}

/** Forgets the numbers of owners who go. Call it inside that transaction. */
export async function removeNumbersOfMany(ctx: Context, ownerKind: NumberOwner['kind'], ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await listNumbersOf(ctx.db, ownerKind, ids);
  await deleteNumbers(
    ctx.db,
    rows.map((row) => row.id),
  );
}

/** Forgets the numbers of an owner who goes. Call it inside that transaction. */
export async function removeNumbers(ctx: Context, owner: NumberOwner): Promise<void> {
  await removeNumbersOfMany(ctx, owner.kind, [owner.id]);
}

const fieldOrder: readonly string[] = ['phone', 'mobile', 'other'];

export function toPhoneNumber(row: NumberRow, homeCountry: string): PhoneNumber {
  const number = row.e164 === null ? row.raw : formatForScreen(row.e164, homeCountry);
  return {
    id: row.id,
    // The columns are written by this service only, from the contract's values.
    field: row.field as PhoneNumber['field'],
    raw: row.raw,
    kind: row.kind as PhoneNumber['kind'],
    e164: row.e164,
    extension: row.extension,
    display: row.extension === null ? number : `${number} ext. ${row.extension}`,
    suggestion: row.suggestion,
    problem: row.problem,
  };
}

/** The numbers of contacts or companies by their owner's id, in the order of the form. */
export async function numbersOf(ctx: Context, ownerKind: NumberOwner['kind'], ids: readonly string[]): Promise<Map<string, PhoneNumber[]>> {
  if (ids.length === 0) return new Map();
  const rows = await listNumbersOf(ctx.db, ownerKind, ids);
  if (rows.length === 0) return new Map();
  const { country } = await readSettings(ctx, companySettings);
  rows.sort((left, right) => fieldOrder.indexOf(left.field) - fieldOrder.indexOf(right.field) || left.position - right.position);
  const numbers = new Map<string, PhoneNumber[]>();
  for (const row of rows) {
    const number = toPhoneNumber(row, country);
    const known = numbers.get(row.owner_id);
    if (known === undefined) numbers.set(row.owner_id, [number]);
    else known.push(number);
  }
  return numbers;
}

/** Above this the total of unreadable numbers is no longer counted exactly. */
const mostCounted = 10_000;

/** Numbers that can't be read, oldest first, each with why and what it might be. */
export async function listUnreadableNumbers(
  ctx: Context,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<NumberProblem> & { readonly total: number }> {
  const after = query.cursor === undefined ? 0 : Number(decodeCursor(query.cursor, 1)?.[0] ?? 0);
  const rows = await ctx.hot.all(unreadableNumbers, { after, limit: query.limit + 1 });
  const { country } = await readSettings(ctx, companySettings);
  const page = toPage(rows, query.limit, {
    item: (row): NumberProblem => {
      const personName = `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim();
      const name = row.owner_kind === 'company' ? (row.company_name ?? '') : personName;
      return {
        number: toPhoneNumber(row, country),
        owner: { kind: row.owner_kind === 'company' ? 'company' : 'contact', id: row.owner_id, name: name === '' ? (row.email ?? 'No name') : name },
        explanation: explainNumberProblem(row.problem),
      };
    },
    key: (row) => [row.id],
  });
  return { ...page, total: await countUnreadable(ctx.db, mostCounted) };
}
