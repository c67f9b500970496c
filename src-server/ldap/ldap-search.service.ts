import { findCaller, findNumber } from '../caller-id/caller-id.service.ts';
import { fullName } from '../caller-id/caller-label.ts';
import { isBehind, projectDirectories } from '../devices/directory-projection.service.ts';
import type { Context } from '../kernel/context.ts';
import { searchExpression } from '../people/people-search.ts';
import { assertedText, fits, isIdAttribute, isNameAttribute, isNumberAttribute, type Entry } from './ldap-entry.ts';
import type { Filter } from './ldap-filter.ts';
import { namedEntry, personEntry } from './ldap-people.ts';
import type { LdapSource } from './ldap-source.service.ts';
import { foundCompanies, foundContacts, listCompanies, listedNumber, listNumbers, listPublished, recentContacts } from './ldap.queries.ts';

/** No answer has more entries, whatever a client asks for. */
export const mostEntries = 200;

/** Found in one step; of these, those that fit are answered. */
const mostFound = 400;
const mostQuestions = 8;
const fewestDigits = 3;
/** As everywhere a number is asked for. */
const longestNumber = 100;
const catchUpMilliseconds = 60;

interface Asking {
  readonly ctx: Context;
  readonly source: LdapSource;
}

async function peopleOf({ ctx, source }: Asking, ids: readonly string[]): Promise<Entry[]> {
  if (ids.length === 0) return [];
  const rows = await listPublished(ctx.db, ids, source.listIds);
  if (rows.length === 0) return [];
  const owned = await listNumbers(ctx.db, source.directoryId, { kind: 'contact', ids: rows.map((row) => row.id) });
  const numbers = Map.groupBy(owned, (row) => row.owner_id);
  const people = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = people.get(id);
    const own = (numbers.get(id) ?? []).flatMap(({ e164, field }) => (e164 === null ? [] : [{ e164, field }]));
    if (row === undefined || own.length === 0 || fullName({ firstName: row.first_name, lastName: row.last_name }) === '') return [];
    return [personEntry({ id, firstName: row.first_name, lastName: row.last_name, company: row.company_name }, own)];
  });
}

/** Companies whose own numbers the directory lists as theirs. */
async function companiesOf({ ctx, source }: Asking, ids: readonly string[]): Promise<Entry[]> {
  if (ids.length === 0) return [];
  const owned = await listNumbers(ctx.db, source.directoryId, { kind: 'company', ids });
  const numbers = Map.groupBy(
    owned.filter((row) => row.contact_id === row.owner_id),
    (row) => row.owner_id,
  );
  const rows = numbers.size === 0 ? [] : await listCompanies(ctx.db, [...numbers.keys()]);
  return rows.map(({ id, name }) =>
    namedEntry(
      id,
      name,
      (numbers.get(id) ?? []).flatMap(({ e164, field }) => (e164 === null ? [] : [{ e164, field }])),
    ),
  );
}

/** What the directory lists a number under, as one entry. */
async function entryOfNumber(asking: Asking, e164: string, isSure: boolean): Promise<Entry[]> {
  const { ctx, source } = asking;
  const row = await ctx.hot.first(listedNumber, { directoryId: source.directoryId, digits: Number(e164.slice(1)) });
  if (row === undefined) return [];
  const isOneOwner = isSure && row.kind !== 'shared';
  const [owner] = isOneOwner ? [...(await peopleOf(asking, [row.contact_id])), ...(await companiesOf(asking, [row.contact_id]))] : [];
  if (owner !== undefined) return [owner];
  // Somebody who may not be named any more is not named by what was written before.
  if (isOneOwner && row.kind !== '') return [];
  return [namedEntry(`n${e164.slice(1)}`, isSure ? row.label : `${row.label}?`, [{ e164, field: 'phone' }])];
}

/** Whom a number belongs to, by the one matcher, as far as this source may know them. */
async function byNumber(asking: Asking, number: string): Promise<Entry[]> {
  const { ctx } = asking;
  const found = await findNumber(ctx, number);
  if (found === null) return [];
  const entries: Entry[] = [];
  for (const e164 of found.e164s.slice(0, mostQuestions)) entries.push(...(await entryOfNumber(asking, e164, found.match !== 'maybe')));
  if (found.match !== 'ddi' || entries.length === 0) return entries;
  // A direct number of a switchboard names the company, never a person.
  const caller = await findCaller(ctx, number, { withoutDeal: true });
  return caller === null ? [] : [namedEntry(`n${number.replace(/\D/gu, '')}`, caller.display, [{ e164: number, field: 'phone' }])];
}

/** People and companies found by words, or by the beginning of a number. */
async function byWords(asking: Asking, text: string): Promise<Entry[]> {
  const { ctx, source } = asking;
  const match = searchExpression({ search: text, ...(source.listIds === null ? {} : { listIds: source.listIds }) });
  if (match === undefined) return [];
  const contacts = await ctx.hot.all(foundContacts, { match, limit: mostFound });
  const companies = source.listIds === null ? await ctx.hot.all(foundCompanies, { match, limit: mostEntries }) : [];
  const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id);
  return [...(await peopleOf(asking, ids(contacts))), ...(await companiesOf(asking, ids(companies)))];
}

/** The most recently active ones: the beginning of the list, for whoever asks for all of it. */
async function recent(asking: Asking): Promise<Entry[]> {
  const { ctx, source } = asking;
  const match = source.listIds === null ? undefined : searchExpression({ listIds: source.listIds });
  const rows = await (match === undefined ? ctx.hot.all(recentContacts, { limit: mostFound }) : ctx.hot.all(foundContacts, { match, limit: mostFound }));
  return peopleOf(
    asking,
    rows.map((row) => row.id),
  );
}

function digitsOf(entry: Entry): string[] {
  return entry.attributes.flatMap(([name, values]) => (isNumberAttribute(name.toLowerCase()) ? values.map((value) => value.slice(1)) : []));
}

/** The owners of a number; of those whose numbers begin like it, when a wild card says so and nobody has it whole. */
async function answerNumber(asking: Asking, filter: Filter): Promise<Entry[]> {
  const text = assertedText(filter);
  if (text.length > longestNumber) return [];
  const digits = text.replace(/\D/gu, '');
  const owners = digits === '' && filter.kind !== 'equal' ? [] : await byNumber(asking, text);
  if (owners.length > 0 || filter.kind !== 'substrings' || digits.length < fewestDigits) return owners;
  const typed = digits.replace(/^0{1,2}/u, '');
  return (await byWords(asking, text)).filter((entry) => digitsOf(entry).some((number) => number.includes(typed)));
}

function leavesOf(filter: Filter): Filter[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.filters.flatMap(leavesOf);
  return filter.kind === 'not' ? leavesOf(filter.filter) : [filter];
}

function isAbout(filter: Filter, isWanted: (attribute: string) => boolean): boolean {
  return (filter.kind === 'equal' || filter.kind === 'substrings') && isWanted(filter.attribute) && assertedText(filter) !== '';
}

/** The answers to each different question about a number in a filter; the first few, which is more than any telephone asks. */
async function answerNumbers(asking: Asking, filter: Filter): Promise<Map<string, Entry[]>> {
  const answers = new Map<string, Entry[]>();
  for (const leaf of leavesOf(filter)) {
    const question = questionOf(leaf);
    if (isAbout(leaf, isNumberAttribute) && !answers.has(question) && answers.size < mostQuestions) answers.set(question, await answerNumber(asking, leaf));
  }
  return answers;
}

function questionOf(filter: Filter): string {
  return `${filter.kind} ${assertedText(filter)}`;
}

interface Answers {
  readonly numbers: ReadonlyMap<string, readonly Entry[]>;
  /** Words that were looked for already, with who was found. */
  readonly words: Map<string, readonly Entry[]>;
}

async function lookForWords(asking: Asking, text: string, { words }: Answers): Promise<readonly Entry[]> {
  const known = words.get(text);
  if (known !== undefined) return known;
  const found = words.size < mostQuestions ? await byWords(asking, text) : [];
  words.set(text, found);
  return found;
}

/** Everybody who may fit, without going through everybody; undefined when the filter names nothing to seek by. */
async function candidates(asking: Asking, filter: Filter, answers: Answers): Promise<readonly Entry[] | undefined> {
  if (isAbout(filter, isNumberAttribute)) return answers.numbers.get(questionOf(filter)) ?? [];
  if (isAbout(filter, isNameAttribute)) return lookForWords(asking, assertedText(filter), answers);
  if (isAbout(filter, isIdAttribute)) return entryOf(asking, assertedText(filter));
  if (filter.kind === 'unknown') return [];
  if (filter.kind === 'or') {
    const all: Entry[] = [];
    for (const part of filter.filters) {
      const some = await candidates(asking, part, answers);
      if (some === undefined) return undefined;
      all.push(...some);
    }
    return all;
  }
  if (filter.kind !== 'and') return undefined;
  const names = filter.filters.filter((part) => isAbout(part, isNameAttribute));
  for (const part of filter.filters) {
    const some = names.includes(part) ? undefined : await candidates(asking, part, answers);
    if (some !== undefined) return some;
  }
  return names.length === 0 ? undefined : lookForWords(asking, names.map(assertedText).join(' '), answers);
}

async function entryOf(asking: Asking, id: string): Promise<Entry[]> {
  const digits = /^n(\d{5,15})$/u.exec(id)?.[1];
  if (digits !== undefined) return entryOfNumber(asking, `+${digits}`, true);
  return [...(await peopleOf(asking, [id])), ...(await companiesOf(asking, [id]))];
}

async function catchUp(ctx: Context): Promise<void> {
  if (await isBehind(ctx)) await projectDirectories(ctx, catchUpMilliseconds);
}

/** The entries that fit, each once. It reads what it seeks by, never everybody. */
export async function searchEntries(ctx: Context, source: LdapSource, filter: Filter): Promise<Entry[]> {
  await catchUp(ctx);
  const asking = { ctx, source };
  const answers: Answers = { numbers: await answerNumbers(asking, filter), words: new Map() };
  const hits = new Map([...answers.numbers].map(([question, entries]) => [question, new Set(entries.map((entry) => entry.id))]));
  const nobody = new Set<string>();
  const found = (await candidates(asking, filter, answers)) ?? (await recent(asking));
  const different = new Map(found.map((entry) => [entry.id, entry]));
  return [...different.values()].filter((entry) => fits(entry, filter, (leaf) => hits.get(questionOf(leaf)) ?? nobody));
}

/** One entry by its id, if the source may know it and it fits. */
export async function readEntry(
  ctx: Context,
  source: LdapSource,
  { id, filter }: { readonly id: string; readonly filter: Filter },
): Promise<Entry | 'unfit' | undefined> {
  await catchUp(ctx);
  const asking = { ctx, source };
  const [entry] = await entryOf(asking, id);
  if (entry === undefined) return undefined;
  const answers = await answerNumbers(asking, filter);
  const isFit = fits(entry, filter, (leaf) => new Set(answers.get(questionOf(leaf))?.map((found) => found.id)));
  return isFit ? entry : 'unfit';
}
