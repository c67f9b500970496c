import { isIP } from 'node:net';
import { rateKeyOf } from '../kernel/client-address.ts';

// One phone, one account. Whoever else reads with it has its password: from a second phone, or from a thief's.

/** A request as far as it tells who reads. */
interface TracedReading {
  readonly at: string;
  readonly milliseconds: number;
  readonly path: string;
  readonly status: number;
  readonly ip?: string | null | undefined;
  readonly user_agent: string | null;
}

/** Who used one account beside each other: two addresses, two programs, or both. */
export interface Sharers {
  readonly addresses: readonly string[];
  readonly programs: readonly string[];
}

export interface AccountSharing extends Sharers {
  /** When it was last seen. */
  readonly at: string;
}

const anHour = 3_600_000;
const aDay = 24 * anHour;

/** A request that got something of the address book. */
export function readsAddressBook({ path, status }: Pick<TracedReading, 'path' | 'status'>): boolean {
  return path.startsWith('/dav') && status < 400;
}

interface Stay {
  /** What stayed the same: where it read from, or with which program. */
  readonly key: string;
  readonly ip: string;
  readonly from: number;
  readonly to: number;
}

/** A request is noted when its answer is out; where the phone was is where it asked. */
function askedAt({ at, milliseconds }: TracedReading): number {
  return Date.parse(at) - milliseconds;
}

/** Readings with the same key, one stay after another. Those without a key are left out. */
function staysOf(readings: readonly TracedReading[], keyOf: (reading: TracedReading) => string): Stay[] {
  const stays: Stay[] = [];
  for (const reading of readings.toSorted((one, other) => askedAt(one) - askedAt(other))) {
    const [key, time, last] = [keyOf(reading), askedAt(reading), stays.at(-1)];
    if (key === '') continue;
    if (last?.key === key) stays[stays.length - 1] = { ...last, to: time };
    else stays.push({ key, ip: reading.ip ?? '', from: time, to: time });
  }
  return stays;
}

/** Where a reading came from. A phone takes what addresses it likes within its IPv6 network. */
function placeOf({ ip }: TracedReading, family: number): string {
  return isIP(ip ?? '') === family ? rateKeyOf(ip ?? '') : '';
}

interface Seen {
  readonly at: number;
  readonly who: readonly string[];
}

/**
 * The last time the account was read here, then there, then here again within an hour. A phone that moves does so once;
 * IPv4 and IPv6 are looked at apart, because a phone speaks both.
 */
function takenTurns(readings: readonly TracedReading[]): Seen | undefined {
  const turns = [4, 6].flatMap((family) => {
    const stays = staysOf(readings, (reading) => placeOf(reading, family));
    return stays.flatMap((stay, index): Seen[] => {
      const between = stays[index - 1];
      const isBack = stays.slice(0, Math.max(0, index - 1)).some(({ key, to }) => key === stay.key && stay.from - to <= anHour);
      return between !== undefined && isBack ? [{ at: stay.from, who: [between.ip, stay.ip].toSorted() }] : [];
    });
  });
  return turns.toSorted((one, other) => one.at - other.at).at(-1);
}

/** The program behind a user agent, without its version. */
function programOf({ user_agent }: TracedReading): string {
  return user_agent?.split(/[/\s(]/u)[0] ?? '';
}

/** When the program last changed, if there was more than one within a day. */
function programsOf(readings: readonly TracedReading[], now: Date): Seen | undefined {
  const stays = staysOf(
    readings.filter(({ at }) => now.getTime() - Date.parse(at) < aDay),
    programOf,
  );
  const last = stays.at(-1);
  if (last === undefined || stays.length < 2) return undefined;
  return { at: last.from, who: [...new Set(stays.map(({ key }) => key).toReversed())].slice(0, 3) };
}

/** Whether the account whose last requests these are is used by two. Requests up to `since` say nothing. */
export function sharingOf(
  requests: readonly TracedReading[],
  { now, since }: { readonly now: Date; readonly since: string | null },
): AccountSharing | undefined {
  const readings = requests.filter((request) => readsAddressBook(request) && (since === null || request.at > since));
  const [turns, programs] = [takenTurns(readings), programsOf(readings, now)];
  const last = Math.max(turns?.at ?? 0, programs?.at ?? 0);
  if (last === 0) return undefined;
  return { at: new Date(last).toISOString(), addresses: turns?.who ?? [], programs: programs?.who ?? [] };
}

/** What was seen and what to do, for the manager. */
export function sharingInWords({ addresses, programs }: Sharers): string {
  const seen = [
    ...(addresses.length === 0 ? [] : [`Two addresses, ${addresses.join(' and ')}, read this phone’s address book in turns within an hour.`]),
    ...(programs.length === 0 ? [] : [`Two programs read this phone’s address book within a day: ${programs.join(', ')}.`]),
  ];
  return `${seen.join(' ')} Somebody else may have its password. If it is not one phone that goes to and fro, stop the account and set it up again on the phone; wipe the phone if it is lost.`;
}

/** The columns of an account that is one phone's again; what was seen up to `at` says nothing more. */
export function unshared(at: string) {
  return { account_shared_at: null, account_shared_by: null, account_watched_from: at } as const;
}
