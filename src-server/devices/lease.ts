/** How many days before its end an account on an iPhone is to be installed again. */
const renewalDays = 14;

interface Lease {
  readonly lease_ends_at: string | null;
  readonly lease_renewal_asked_at: string | null;
}

/** When an account made now ends by itself; null: never. */
export function leaseEnd(leaseDays: number | null, now: Date): string | null {
  return leaseDays === null ? null : new Date(now.getTime() + leaseDays * 86_400_000).toISOString();
}

/** Whether the phone should install its account again: it ends soon, it has ended, or the manager asked. */
export function needsRenewal(lease: Lease, now: Date): boolean {
  if (lease.lease_renewal_asked_at !== null) return true;
  return lease.lease_ends_at !== null && Date.parse(lease.lease_ends_at) - now.getTime() < renewalDays * 86_400_000;
}
