import type { ListFilter } from '#server/people/people.contract.ts';
import { byteSize } from '../../../ui/bytes.ts';
import { exactTime } from '../../../ui/time.ts';
import { countryName } from '../../countries.ts';
import { filterInWords } from '../people/list-filter.ts';
import { detailLabels } from './audit-labels.ts';

/** One detail of an act: what it is called, and its value in words. */
export type DetailLine = readonly [label: string, value: string];

type Detail = Readonly<Record<string, unknown>>;

const languages = new Intl.DisplayNames('en', { type: 'language' });
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function isObject(value: unknown): value is Detail {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** “Three cx” of `three-cx`, “Lease days” of `leaseDays`. */
function inWords(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/gu, '$1 $2')
    .replaceAll(/[-_]/gu, ' ')
    .toLowerCase();
  return words.replace(/^./u, (letter) => letter.toUpperCase());
}

function labelOf(name: string): string {
  return detailLabels[name] ?? inWords(name);
}

/** What identifies a record says nothing to people; its name stands beside it. */
function isIdentifier(name: string): boolean {
  return detailLabels[name] === undefined && (name === 'id' || /(?:Id|Ids)$/u.test(name));
}

function counted(count: number, one: string, several: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
}

function scopeInWords({ everyone, listIds, most }: Detail): string {
  const lists = Array.isArray(listIds) ? listIds.length : 0;
  const who = everyone === true ? 'Everybody' : counted(lists, 'list', 'lists');
  return typeof most === 'number' ? `${who}, at most ${most.toLocaleString('en')}` : who;
}

/** Values that are more than their text, by the name they stand under. */
const values: Readonly<Record<string, (value: never) => string | undefined>> = {
  scope: (scope: unknown) => (isObject(scope) ? scopeInWords(scope) : undefined),
  filter: (filter: ListFilter) => filterInWords(filter, []),
  leaseDays: (days: number | null) => (days === null ? 'Never' : counted(days, 'day', 'days')),
  leaseEndsAt: (at: string | null) => (at === null ? 'Never' : exactTime(at)),
  idleMinutes: (minutes: number) => counted(minutes, 'minute', 'minutes'),
  callBackHours: (hours: number) => counted(hours, 'hour of work', 'hours of work'),
  maxAttachmentMegabytes: (size: number) => `${size} MB`,
  bytes: byteSize,
  country: (code: string | null) => (code === null ? 'None' : countryName(code)),
  language: (code: string) => languages.of(code) ?? code,
  defaultLanguage: (code: string) => languages.of(code) ?? code,
  languages: (codes: readonly string[]) => codes.map((code) => languages.of(code) ?? code).join(', '),
  workdays: (days: readonly number[]) => days.map((day) => weekdays[day - 1] ?? '').join(', '),
  extensions: (extensions: readonly Detail[]) => extensions.map(({ extension }) => String(extension)).join(', ') || 'None',
  platform: (platform: string) => ({ ios: 'iPhone', android: 'Android' })[platform] ?? 'Other',
};

/** Names of choices, which are kept as the program calls them. */
const choices: ReadonlySet<string> = new Set(['kind', 'role', 'object', 'type', 'state', 'visibility', 'security', 'statusNames']);

/** A value that needs no other name than its own; undefined for what has parts. */
function plainValue(name: string, value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString('en');
  if (value === null) return 'None';
  if (typeof value === 'string') return choices.has(name) ? inWords(value) : value;
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return 'None';
  const names = value.map((one: unknown) => (isObject(one) ? (one['name'] ?? one['label']) : one));
  return names.every((one) => typeof one === 'string' || typeof one === 'number') ? names.join(', ') : counted(value.length, 'entry', 'entries');
}

/** “First name: Jan → Johann” for each change of an edit made on a phone. */
function changesOf(changes: readonly unknown[]): DetailLine[] {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : 'nothing');
  return changes.filter(isObject).map(({ field, from, to }) => [labelOf(String(field)), `${text(from)} → ${text(to)}`]);
}

function linesOf(name: string, value: unknown): DetailLine[] {
  if (isIdentifier(name) || value === '' || value === undefined) return [];
  if (name === 'changes' && Array.isArray(value)) return changesOf(value);
  const special = values[name];
  // A later version may mean something else by that name.
  const told = special === undefined ? undefined : attempt(() => special(value as never));
  const text = told ?? plainValue(name, value);
  if (text !== undefined) return [[labelOf(name), text]];
  if (!isObject(value)) return [];
  if (typeof value['name'] === 'string') return [[labelOf(name), value['name']]];
  return detailLines(value);
}

function attempt(tell: () => string | undefined): string | undefined {
  try {
    return tell();
  } catch {
    return undefined;
  }
}

/** The details of an act as labels and values, in plain words. Identifiers are left out. */
export function detailLines(detail: Detail): DetailLine[] {
  return Object.entries(detail).flatMap(([name, value]) => linesOf(name, value));
}

/** The details in one line: “Lease: 90 days · Show who is calling: Yes”. */
export function detailInWords(detail: Detail): string {
  return detailLines(detail)
    .map(([label, value]) => `${label}: ${value}`)
    .join(' · ');
}
