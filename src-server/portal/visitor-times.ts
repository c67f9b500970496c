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

// Making a formatter takes longer than writing a page; these are few and never change.
const formatters = new Map<string, Intl.DateTimeFormat>();
const zones = new Map<string, string | undefined>();

function formatter(language: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  if (formatters.size > 2000) formatters.clear();
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

const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** `language` may name a region as well, whose way of writing days and hours is used. */
export function visitorTimes({ language, zone, now }: { readonly language: string; readonly zone: string; readonly now: Date }): VisitorTimes {
  const write = (iso: string | number, options: Intl.DateTimeFormatOptions) => formatter(language, zone, options).format(new Date(iso));
  // A day as text that compares, in the reader's zone.
  const dayOf = (at: string | number) => formatter('sv', zone, day).format(new Date(at));
  const today = dayOf(now.getTime());
  // By the calendar: a day may have 23 or 25 hours.
  const yesterday = new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

  function dayInWords(iso: string): string {
    const on = dayOf(iso);
    if (on === today) return relative.format(0, 'day');
    if (on === yesterday) return relative.format(-1, 'day');
    return on.slice(0, 4) === today.slice(0, 4)
      ? write(iso, { day: 'numeric', month: 'long' })
      : write(iso, { day: 'numeric', month: 'short', year: 'numeric' });
  }

  return {
    zone,
    day: dayInWords,
    short: (iso) => (dayOf(iso) === today ? `${dayInWords(iso)}, ${write(iso, { timeStyle: 'short' })}` : dayInWords(iso)),
    full: (iso) => write(iso, { dateStyle: 'long', timeStyle: 'short' }),
  };
}
