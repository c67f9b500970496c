/** Writes instants for one reader: their language, their time zone. */
export interface VisitorTimes {
  readonly zone: string;
  /** In lists: today with the time, yesterday, the day, the day with the year. */
  readonly short: (iso: string) => string;
  /** The same without the time. */
  readonly day: (iso: string) => string;
  /** The whole day and time. */
  readonly full: (iso: string) => string;
}

interface Formatters {
  /** A day as text that compares: Swedish writes ISO 8601. */
  readonly calendar: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly dayOfYear: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

// Making a formatter takes longer than writing a page; they never change, and there are as many as ways to read a clock.
const formatters = new Map<string, Formatters>();
const zones = new Map<string, string | undefined>();

function formattersFor(language: string, timeZone: string): Formatters {
  const key = `${language} ${timeZone}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  if (formatters.size > 1000) formatters.clear();
  const made: Formatters = {
    calendar: new Intl.DateTimeFormat('sv', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }),
    clock: new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }),
    day: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone }),
    dayOfYear: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone }),
    full: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }),
    relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  };
  formatters.set(key, made);
  return made;
}

/** The IANA name of a zone, or undefined when there is none of this name. */
export function knownZone(name: string | undefined): string | undefined {
  if (name === undefined || !/^[A-Za-z][\w+/-]{1,60}$/u.test(name)) return undefined;
  if (!zones.has(name)) {
    if (zones.size > 1000) zones.clear();
    try {
      zones.set(name, new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
    } catch {
      zones.set(name, undefined);
    }
  }
  return zones.get(name);
}

/** `language` may name a region as well, whose way of writing days and hours is used. */
export function visitorTimes({ language, zone, now }: { readonly language: string; readonly zone: string; readonly now: Date }): VisitorTimes {
  const { calendar, clock, day, dayOfYear, full, relative } = formattersFor(language, zone);
  const today = calendar.format(now);
  // By the calendar: a day may have 23 or 25 hours.
  const yesterday = new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

  function dayInWords(at: Date, on: string): string {
    if (on === today) return relative.format(0, 'day');
    if (on === yesterday) return relative.format(-1, 'day');
    return on.slice(0, 4) === today.slice(0, 4) ? day.format(at) : dayOfYear.format(at);
  }

  return {
    zone,
    day(iso) {
      const at = new Date(iso);
      return dayInWords(at, calendar.format(at));
    },
    short(iso) {
      const at = new Date(iso);
      const on = calendar.format(at);
      return on === today ? `${dayInWords(at, on)}, ${clock.format(at)}` : dayInWords(at, on);
    },
    full: (iso) => full.format(new Date(iso)),
  };
}
