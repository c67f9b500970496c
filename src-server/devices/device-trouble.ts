import type { DeviceTrouble } from './devices.contract.ts';
import { endedPassword, leaseStateOf } from './lease.ts';

// The one rule of what is wrong with a phone: the list of phones, its filter and home all go by it.

/** A phone syncs once a day by itself; two days of silence mean that something is wrong. */
const silentAfter = 48 * 3_600_000;

/** What decides it: columns of an active phone. */
export interface PhoneHealth {
  readonly account_shared_at: string | null;
  readonly dav_password_hash: string;
  readonly dav_first_seen_at: string | null;
  readonly dav_book_seen_at: string | null;
  readonly dav_synced_at: string | null;
  readonly last_sync_at: string | null;
  readonly seen_certificate: string | null;
  readonly lease_days: number | null;
  readonly lease_ends_at: string | null;
}

/** When a phone last read its contacts, by whatever way; null: never. */
function lastReadAt({ last_sync_at, dav_synced_at }: PhoneHealth): string | null {
  const times = [last_sync_at, dav_synced_at].filter((at) => at !== null);
  return times.toSorted().at(-1) ?? null;
}

/** Which certificate a phone was served last, seen from the one in use. */
export function certificateSeen({ seen_certificate: seen }: Pick<PhoneHealth, 'seen_certificate'>, inUse: string | undefined): 'current' | 'older' | null {
  if (seen === null) return null;
  return seen === inUse ? 'current' : 'older';
}

/** What keeps an active phone from having its contacts as it should, the worst of it; null: nothing. */
export function troubleOf(phone: PhoneHealth, { now, certificate }: { readonly now: Date; readonly certificate: string | undefined }): DeviceTrouble | null {
  const lease = leaseStateOf(phone, now);
  const readAt = lastReadAt(phone);
  if (phone.account_shared_at !== null) return 'account-shared';
  if (phone.dav_first_seen_at !== null && phone.dav_book_seen_at === null) return 'not-ticked';
  if (lease === 'over') return 'lease-over';
  if (phone.dav_password_hash === endedPassword) return 'account-stopped';
  if (readAt === null) return 'never-read';
  if (now.getTime() - Date.parse(readAt) > silentAfter) return 'silent';
  if (certificateSeen(phone, certificate) === 'older') return 'old-certificate';
  return lease === 'ending' ? 'lease-ending' : null;
}
