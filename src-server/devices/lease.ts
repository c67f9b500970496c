/** Stands for the hash of a password that opens nothing any more. No hash is ever that text, so no password opens it again. */
export const endedPassword = 'ended';

/** How many days before its end an account is to be renewed, at most: a short lease leaves half its time. */
const renewalDays = 14;
const aDay = 86_400_000;

interface Lease {
  readonly lease_days: number | null;
  readonly lease_ends_at: string | null;
  readonly lease_renewal_asked_at: string | null;
}

/** `none`: it does not end. `ending`: it is time to renew it. `over`: the phone gets no contacts until it is renewed. */
export type LeaseState = 'none' | 'running' | 'ending' | 'over';

/** When an account made or renewed now ends; null: never. */
export function leaseEnd(leaseDays: number | null, now: Date): string | null {
  return leaseDays === null ? null : new Date(now.getTime() + leaseDays * aDay).toISOString();
}

export function leaseStateOf({ lease_days, lease_ends_at }: Pick<Lease, 'lease_days' | 'lease_ends_at'>, now: Date): LeaseState {
  if (lease_ends_at === null) return 'none';
  const left = Date.parse(lease_ends_at) - now.getTime();
  if (left <= 0) return 'over';
  return left < Math.min(renewalDays, (lease_days ?? 2 * renewalDays) / 2) * aDay ? 'ending' : 'running';
}

/** Whether it is time to renew a lease, or too late. */
export function isEnding(lease: Pick<Lease, 'lease_days' | 'lease_ends_at'>, now: Date): boolean {
  const state = leaseStateOf(lease, now);
  return state === 'ending' || state === 'over';
}

/** Whether the owner of the phone should renew the account: it ends soon, it has ended, or the manager asked. */
export function needsRenewal(lease: Lease, now: Date): boolean {
  return lease.lease_renewal_asked_at !== null || isEnding(lease, now);
}

interface Account {
  /** By what way it was made last; null: with the password of the pairing, or not at all. */
  readonly account_way: string | null;
  readonly platform: string;
  readonly dav_first_seen_at: string | null;
  readonly dav_password_hash: string;
}

export function hasAccount({ account_way, dav_first_seen_at }: Pick<Account, 'account_way' | 'dav_first_seen_at'>): boolean {
  return account_way !== null || dav_first_seen_at !== null;
}

/** An iPhone counts its lease itself, from when it installed the profile; elsewhere the desk ends it. */
export function isEndedByPhone(account: Omit<Account, 'dav_password_hash'>): boolean {
  return account.account_way === 'ios' || (!hasAccount(account) && account.platform === 'ios');
}

/** Whether renewing is one tap on the phone page: the account goes on. Otherwise it has to be loaded again. */
export function isRenewedByTap(account: Account): boolean {
  return hasAccount(account) && !isEndedByPhone(account) && account.dav_password_hash !== endedPassword;
}

/** The columns of a lease that begins now. */
export function renewedLease(endsAt: string | null) {
  return { lease_ends_at: endsAt, lease_ended_at: null, lease_renewal_asked_at: null, dav_emptied_at: null } as const;
}
