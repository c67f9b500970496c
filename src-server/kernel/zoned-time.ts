/** What clocks of a time zone show. */
export interface ZonedTime {
  /** The local date as if it were UTC: milliseconds of its midnight. */
  readonly date: number;
  /** Minutes since local midnight. */
  readonly minutes: number;
}

const minute = 60_000;

// Making a formatter takes longer than using it a hundred times.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
  formats.set(timeZone, made);
  return made;
}

/** What clocks of an IANA time zone show at an instant, in milliseconds. */
export function zonedTime(at: number, timeZone: string): ZonedTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const date = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day']);
  return { date, minutes: (parts['hour'] ?? 0) * 60 + (parts['minute'] ?? 0) };
}

/** The instant, in milliseconds, at which clocks of the zone show this; where they skip it, the one just after. */
export function instantOf({ date, minutes }: ZonedTime, timeZone: string): number {
  const wanted = date + minutes * minute;
  const offsetAt = (at: number) => {
    const local = zonedTime(at, timeZone);
    return local.date + local.minutes * minute - Math.floor(at / minute) * minute;
  };
  return wanted - offsetAt(wanted - offsetAt(wanted));
}
