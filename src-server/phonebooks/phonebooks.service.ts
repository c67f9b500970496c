import { createHash } from 'node:crypto';
import { findCaller } from '../caller-id/caller-id.service.ts';
import { personLabel } from '../caller-id/caller-label.ts';
import { bootstrapOrigin, portalAddress } from '../certificates/address.service.ts';
import { isBehind, projectDirectories } from '../devices/directory-projection.service.ts';
import { listsOfKey } from '../devices/scope.service.ts';
import { inPowersOfTwo } from '../devices/statement-sizes.ts';
import { NotFound } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { shownText } from '../kernel/shown-text.ts';
import { bookOfSource } from '../pbx/sources.service.ts';
import { readNumber } from '../phone-numbers/phone-number.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { limitsOf, makers, type Maker } from './makers.ts';
import { groupByName, nameOfLabel, withNumbersAtMost, type BookEntry, type ShownNumber } from './phone-book.ts';
import { writeCiscoCaller, writePhoneBook } from './phone-book-xml.ts';
import {
  activeCompanies,
  activeContacts,
  activeMembers,
  contactsWithOpenTickets,
  directoryState,
  recentCallers,
  shownNumbers,
  type ShownNumberRow,
} from './phonebooks.queries.ts';

/** Whose book it is, and how long it may be. */
export interface BookOf {
  readonly maker: Maker;
  /** The telephone's directory; null when it may list nobody any more. */
  readonly directoryId: number | null;
  /** The cap the manager chose; null: the maker's own. */
  readonly mostEntries: number | null;
}

/** Which book of which telephone. */
export interface BookRequest extends BookOf {
  /** The path of the book, for the addresses of its pages. */
  readonly path: string;
  readonly isPlain: boolean;
  readonly page: number | undefined;
}

export interface PhoneBook {
  readonly text: string;
  readonly etag: string;
  readonly entries: number;
}

const catchUpMilliseconds = 60;
const daysOfCalls = 90;
/** Not all who come first have a number on these telephones, so a few more are looked at than are shown. */
const spare = 2;
const membersLookedAt = 20_000;

interface Ranked {
  readonly id: string;
  readonly last_activity_at: string;
}

/** Contacts and companies by what makes a call of them likely: an open ticket, a recent call, recent activity. */
async function rankOwners(ctx: Context, scope: string, most: number): Promise<string[]> {
  const limit = most * spare;
  const since = new Date(ctx.now().getTime() - daysOfCalls * 86_400_000).toISOString();
  const lists = listsOfKey(scope);
  const [waiting, callers, contacts, companies, members] = await Promise.all([
    ctx.hot.all(contactsWithOpenTickets, { limit }),
    ctx.hot.all(recentCallers, { since, limit }),
    ctx.hot.all(activeContacts, { limit }),
    ctx.hot.all(activeCompanies, { limit }),
    lists === null ? [] : activeMembers(ctx.db, lists, { looked: membersLookedAt, limit }),
  ]);
  const byActivity = (left: Ranked, right: Ranked) =>
    Number(left.last_activity_at < right.last_activity_at) - Number(left.last_activity_at > right.last_activity_at);
  const active = [...contacts, ...companies, ...members].toSorted(byActivity);
  return [...new Set([...waiting, ...callers, ...active].map((row) => row.id).filter((id) => id !== null))];
}

function toShown(row: ShownNumberRow): ShownNumber {
  const { first_name: firstName, last_name: lastName, company_name: company } = row;
  const person =
    firstName === null || lastName === null ? null : { firstName, lastName, company, label: personLabel(`${firstName} ${lastName}`.trim(), company) };
  return { digits: row.digits, isMobile: row.field === 'mobile', label: row.label, contactId: row.contact_id, person };
}

const ownersAtOnce = 128;

async function collect(
  ctx: Context,
  directory: { readonly id: number; readonly scope: string },
  { maker, most }: { readonly maker: Maker; readonly most: number },
): Promise<BookEntry[]> {
  const { numbersInEntry } = limitsOf[maker];
  const numbers: ShownNumber[] = [];
  let entries: BookEntry[] = [];
  for (const ids of inPowersOfTwo(await rankOwners(ctx, directory.scope, most), ownersAtOnce)) {
    const rows = Map.groupBy(await shownNumbers(ctx.db, directory.id, ids), (row) => row.owner_id);
    numbers.push(...ids.flatMap((id) => rows.get(id) ?? []).map(toShown));
    entries = withNumbersAtMost(groupByName(numbers), numbersInEntry);
    if (entries.length >= most) break;
  }
  return entries.slice(0, most);
}

/**
 * The entries of a phone book, read from the directory that is kept for its scope: those who are likeliest to call first,
 * no more than the maker's telephones take.
 */
export async function readEntries(ctx: Context, { maker, directoryId, mostEntries }: BookOf): Promise<BookEntry[]> {
  if (await isBehind(ctx)) await projectDirectories(ctx, catchUpMilliseconds);
  const directory = directoryId === null ? undefined : await ctx.hot.first(directoryState, { id: directoryId });
  return directory === undefined ? [] : collect(ctx, directory, { maker, most: mostEntries ?? limitsOf[maker].mostEntries });
}

/** The phone book of a maker's telephones, as they read it. */
export async function readPhoneBook(ctx: Context, request: BookRequest): Promise<PhoneBook> {
  const entries = await readEntries(ctx, request);
  const [title, portal, plain] = await Promise.all([titleOf(ctx), portalAddress(ctx), bootstrapOrigin(ctx)]);
  const origin = request.isPlain ? (plain ?? portal.origin) : portal.origin;
  const text = writePhoneBook(request.maker, { title, entries, url: `${origin}${request.path}`, page: request.page });
  return toBook(text, entries.length);
}

/** The book of the one number that calls: Cisco's telephones ask for it whenever they ring. */
export async function readCallerBook(ctx: Context, number: string): Promise<PhoneBook> {
  const [{ country }, caller] = await Promise.all([readSettings(ctx, companySettings), findCaller(ctx, number, { withoutDeal: true })]);
  const read = readNumber(number, { country });
  const entry = caller === null ? undefined : { name: nameOfLabel(caller.display), number: read.e164 ?? read.digits ?? number.trim() };
  return toBook(writeCiscoCaller(await titleOf(ctx), entry), entry === undefined ? 0 : 1);
}

async function titleOf(ctx: Context): Promise<string> {
  const { name } = await readSettings(ctx, companySettings);
  return shownText(name) || 'Doorline';
}

function toBook(text: string, entries: number): PhoneBook {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`, entries };
}

/**
 * The phone book of a connected maker as a file.
 * @throws NotFound when there is no such system, or it reads no phone book.
 */
export async function exportPhoneBook(ctx: Context, id: string): Promise<{ readonly maker: Maker; readonly text: string }> {
  const { kind, directoryId, mostEntries } = await bookOfSource(ctx, id);
  const maker = makers.find((each) => each === kind);
  if (maker === undefined) throw new NotFound('This phone book');
  const path = `/phonebook/${maker}.xml`;
  return { maker, text: (await readPhoneBook(ctx, { maker, directoryId, mostEntries, path, isPlain: false, page: undefined })).text };
}
