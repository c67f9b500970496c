/** In which order day, month and year stand. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/u;
const yearLast = /^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{2,4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?)?$/u;
const dayMonthWord = /^(\d{1,2})\.?\s+(\p{L}{3,})\.?,?\s+(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?)?$/u;
const monthWordDay = /^(\p{L}{3,})\.?\s+(\d{1,2}),?\s+(\d{4})(?:[ ,]+(?:at )?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?)?$/u;

// The first letters of each month in English, Polish and German, as exports write them out.
const monthStarts: readonly (readonly string[])[] = [
  ['jan', 'sty', 'jän'],
  ['feb', 'lut'],
  ['mar', 'mär'],
  ['apr', 'kwi'],
  ['may', 'maj', 'mai'],
  ['jun', 'cze'],
  ['jul', 'lip'],
  ['aug', 'sie'],
  ['sep', 'wrz'],
  ['oct', 'paź', 'okt'],
  ['nov', 'lis'],
  ['dec', 'gru', 'dez'],
];

function monthOf(word: string): number {
  const start = word.toLowerCase().slice(0, 3);
  return monthStarts.findIndex((starts) => starts.includes(start)) + 1;
}

function hourOf(hour: string | undefined, half: string | undefined): number {
  const number = Number(hour ?? 0);
  if (half === undefined) return number;
  return (number % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function isReal({ year, month, day, hour, minute, second }: DateParts): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60 && year >= 1900 && year < 2200;
}

/** Converts local times of one time zone to UTC, remembering what it has worked out. */
export interface ZoneClock {
  toUtc(parts: DateParts): string;
}

export function zoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();
  const hourLength = 3_600_000;

  function offsetAt(time: number): number {
    const hour = Math.floor(time / hourLength);
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const parts = Object.fromEntries(format.formatToParts(hour * hourLength).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
    const offset = local - hour * hourLength;
    if (offsets.size > 10_000) offsets.clear();
    offsets.set(hour, offset);
    return offset;
  }

  return {
    toUtc({ year, month, day, hour, minute, second }) {
      const local = Date.UTC(year, month - 1, day, hour, minute, second);
      const first = local - offsetAt(local);
      return new Date(local - offsetAt(first)).toISOString();
    },
  };
}

/** What a date says before it is placed in a time zone: local parts, or an instant. */
type ReadDate = { readonly parts: DateParts } | { readonly instant: Date } | undefined;

function partsOf(text: string, order: DateOrder): ReadDate {
  const leading = yearFirst.exec(text);
  if (leading !== null) {
    const [, year = '', month, day, hour, minute, second, zone] = leading;
    if (zone !== undefined) {
      const instant = new Date(text.replace(/\s*UTC$/u, 'Z').replace(' ', 'T'));
      return Number.isNaN(instant.getTime()) ? undefined : { instant };
    }
    return asParts({ year, month: Number(month), day: Number(day), hour: hourOf(hour, undefined), minute, second });
  }
  const trailing = yearLast.exec(text);
  if (trailing !== null) {
    const [, first, second, year = '', hour, minute, seconds, half] = trailing;
    const [day, month] = order === 'mdy' ? [second, first] : [first, second];
    return asParts({ year, month: Number(month), day: Number(day), hour: hourOf(hour, half), minute, second: seconds });
  }
  const worded = dayMonthWord.exec(text);
  if (worded !== null) {
    const [, day, month = '', year = '', hour, minute, second, half] = worded;
    return asParts({ year, month: monthOf(month), day: Number(day), hour: hourOf(hour, half), minute, second });
  }
  const american = monthWordDay.exec(text);
  if (american === null) return undefined;
  const [, month = '', day, year = '', hour, minute, second, half] = american;
  return asParts({ year, month: monthOf(month), day: Number(day), hour: hourOf(hour, half), minute, second });
}

interface TypedParts {
  readonly year: string;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: string | undefined;
  readonly second: string | undefined;
}

function asParts({ year, month, day, hour, minute, second }: TypedParts): ReadDate {
  const parts = { year: fullYear(year), month, day, hour, minute: Number(minute ?? 0), second: Number(second ?? 0) };
  return isReal(parts) ? { parts } : undefined;
}

/** Milliseconds since 1970 (13 digits), or a spreadsheet's days since 1900. */
function numericDate(text: string): Date | undefined {
  if (/^\d{13}$/u.test(text)) return new Date(Number(text));
  const days = /^\d{5}(?:[.,]\d+)?$/u.test(text) ? Number(text.replace(',', '.')) : 0;
  return days > 20_000 && days < 80_000 ? new Date(Math.round((days - 25_569) * 86_400) * 1000) : undefined;
}

/** The instant a date of an export means, as ISO 8601 in UTC. Undefined when it is no date. */
export function readInstant(text: string, order: DateOrder, clock: ZoneClock): string | undefined {
  const trimmed = text.trim();
  const read = partsOf(trimmed, order);
  if (read === undefined) return numericDate(trimmed)?.toISOString();
  return 'instant' in read ? read.instant.toISOString() : clock.toUtc(read.parts);
}

/** The day a date means, wherever one is: `2026-03-31`. */
export function readDay(text: string, order: DateOrder): string | undefined {
  const trimmed = text.trim();
  const read = partsOf(trimmed, order);
  if (read === undefined) return numericDate(trimmed)?.toISOString().slice(0, 10);
  if ('instant' in read) return trimmed.slice(0, 10).replaceAll(/[/.]/gu, '-');
  const { year, month, day } = read.parts;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function orderOf(text: string): DateOrder | undefined {
  if (yearFirst.test(text)) return 'ymd';
  const [, first = '', second = ''] = yearLast.exec(text) ?? [];
  const [left, right] = [Number(first), Number(second)];
  // What is no date either way, such as 99/99/9999, says nothing.
  if (left > 31 || right > 31 || (left > 12 && right > 12)) return undefined;
  if (right > 12) return 'mdy';
  // Only Europe puts dots between the parts of a date.
  return left > 12 || /^\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}/u.test(text) ? 'dmy' : undefined;
}

/** Finds out the order of a column's dates by what most of them say. Where every date fits both ways, the country decides. */
export function detectDateOrder(values: readonly string[], country: string): DateOrder {
  const said = Map.groupBy(
    values.map((value) => orderOf(value.trim())).filter((order) => order !== undefined),
    (order) => order,
  );
  const [most] = [...said.entries()].toSorted(([, left], [, right]) => right.length - left.length);
  return most?.[0] ?? (country === 'US' ? 'mdy' : 'dmy');
}
