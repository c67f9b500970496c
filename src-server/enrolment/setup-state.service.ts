import { authorityFingerprint, activeServerCertificate } from '../certificates/certificates.service.ts';
import { portalAddress } from '../certificates/address.service.ts';
import { readOwnDevice } from '../devices/device-self.service.ts';
import { cardsInScope } from '../devices/devices.service.ts';
import { isRenewedByTap, leaseStateOf, needsRenewal } from '../devices/lease.ts';
import type { Context } from '../kernel/context.ts';
import type { SetupQuery, SetupState, SetupStep } from './enrolment.contract.ts';
import { inPairs } from './enrolment.service.ts';
import { cardsOfDirectory, setupOfDevice } from './enrolment.queries.ts';
import { readerName } from './reader-name.ts';

/** A phone that has not read its contacts for this long is not kept current by itself. */
const staleAfter = 48 * 3_600_000;

/** How far the phone that asks is on its way to a dialler that knows who calls, from what the desk saw it do. */
export async function readSetup(ctx: Context, query: SetupQuery): Promise<SetupState> {
  const device = await readOwnDevice(ctx);
  const [setup, directory, address, certificate, authority] = await Promise.all([
    ctx.hot.first(setupOfDevice, { deviceId: device.id }),
    device.directory_id === null ? undefined : ctx.hot.first(cardsOfDirectory, { id: device.directory_id }),
    portalAddress(ctx),
    activeServerCertificate(ctx),
    authorityFingerprint(ctx),
  ]);
  const way = query.way ?? (device.platform === 'ios' ? 'ios' : 'android');
  // What was seen belongs to the way by which the account was made last.
  const isThisWay = setup?.way === way;
  const seen = (at: string | null): string | null => (isThisWay ? at : null);
  const step = (name: SetupStep['step'], at: string | null): SetupStep => ({ step: name, isDone: at !== null, at });

  const signedInAt = seen(device.dav_first_seen_at);
  const readAt = seen(device.dav_synced_at);
  const now = ctx.now();
  const account = { ...device, account_way: setup?.way ?? null };
  // An account of the other way says nothing about this one; one made by hand is read like an Android phone's.
  const hasEnded = leaseStateOf(device, now) === 'over' && (isThisWay || setup === undefined);
  const isCurrent = readAt !== null && now.getTime() - Date.parse(readAt) < staleAfter;
  const worked = isThisWay && setup.test_call_worked === 1;
  return {
    deviceId: device.id,
    way,
    steps: [
      // This very request came over TLS, from a page that only opens once the certificate is trusted.
      step('certificate', device.created_at),
      ...(way === 'ios'
        ? [step('profile', seen(setup?.profile_fetched_at ?? null)), step('account', signedInAt)]
        : [step('link', isThisWay ? setup.account_made_at : null), step('account', signedInAt), step('book', seen(device.dav_book_seen_at) ?? readAt)]),
      step('contacts', readAt),
      step('test-call', worked ? setup.test_call_at : null),
    ],
    contacts: {
      onPhone: isThisWay ? device.dav_cards_synced : 0,
      inScope: cardsInScope(directory?.card_count ?? 0, device.most_contacts),
      readAt,
      readBy: device.dav_user_agent === null || !isThisWay ? null : readerName(device.dav_user_agent),
    },
    works: isCurrent && !hasEnded,
    account: { hostName: address.hostName, port: address.port, url: `${address.origin}/dav/`, userName: device.id },
    certificate: { isOwn: authority !== null, authorityFingerprint: authority, serverFingerprint: inPairs(certificate?.fingerprint ?? '') },
    lease: {
      days: device.lease_days,
      endsAt: device.lease_ends_at,
      renew: needsRenewal(device, now),
      hasEnded,
      renewsByTap: isRenewedByTap(account) && way === 'android',
    },
    testCallWorked: isThisWay && setup.test_call_worked !== null ? setup.test_call_worked === 1 : null,
  };
}
