import { recordAct } from '../audit/audit.service.ts';
import { activeServerCertificate } from '../certificates/certificates.service.ts';
import { plainAddress } from '../kernel/client-address.ts';
import { NotFound } from '../kernel/app-error.ts';
import { actingAs, inTransaction, isoNow, type Actor, type Context } from '../kernel/context.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { sharingInWords, type Sharers } from './account-sharing.ts';
import { certificateSeen, troubleOf } from './device-trouble.ts';
import { DeviceMovedOn } from './devices.errors.ts';
import type { Device, DevicePatch, DeviceSwitches, DeviceSwitchesPatch, PhoneScope } from './devices.contract.ts';
import {
  countCardsSince,
  countChangesSince,
  findDevice,
  insertDevice,
  listDeviceLists,
  replaceDeviceLists,
  startNewEpoch,
  updateDevice,
  type DeviceRow,
  type ShownDeviceRow,
} from './devices.queries.ts';
import { endedPassword, hasAccount, isEndedByPhone, leaseEnd, leaseStateOf, renewedLease } from './lease.ts';
import { directoryOf } from './directory-build.service.ts';
import { checkScope } from './scope.service.ts';

/** The name the phone shows for this desk. */
export async function serverName(ctx: Context): Promise<string> {
  const { name } = await readSettings(ctx, companySettings);
  return name === '' ? 'Doorline' : name;
}

export function switchesOf(row: Pick<DeviceRow, 'caller_id' | 'log_calls' | 'outcome_screen' | 'show_deal'>): DeviceSwitches {
  return { callerId: row.caller_id === 1, logCalls: row.log_calls === 1, outcomeScreen: row.outcome_screen === 1, showDeal: row.show_deal === 1 };
}

/** The columns of the switches that are there. */
export function switchColumns(switches: DeviceSwitchesPatch) {
  const flag = (isOn: boolean): 0 | 1 => (isOn ? 1 : 0);
  return {
    ...(switches.callerId === undefined ? {} : { caller_id: flag(switches.callerId) }),
    ...(switches.logCalls === undefined ? {} : { log_calls: flag(switches.logCalls) }),
    ...(switches.outcomeScreen === undefined ? {} : { outcome_screen: flag(switches.outcomeScreen) }),
    ...(switches.showDeal === undefined ? {} : { show_deal: flag(switches.showDeal) }),
  } as const;
}

/** Which contacts a phone gets, from its lists and its row. */
export function scopeOfDevice(listIds: readonly string[], row: Pick<DeviceRow, 'most_contacts' | 'shows_company'>): PhoneScope {
  return { everyone: listIds.length === 0, listIds: [...listIds], most: row.most_contacts, showsCompany: row.shows_company === 1 };
}

const mostChangesCounted = 1000;

async function changesBehind(ctx: Context, row: ShownDeviceRow): Promise<number> {
  if (row.directory_id === null || row.state !== 'active') return 0;
  const since = { directoryId: row.directory_id, most: mostChangesCounted };
  const cards = row.dav_synced_seq === 0 ? 0 : await countCardsSince(ctx.db, { ...since, seq: row.dav_synced_seq });
  // A phone that reads its address book need not read numbers as well.
  if (row.dav_first_seen_at !== null && row.last_sync_at === null) return cards;
  if (row.synced_seq === 0) return row.entry_count ?? 0;
  return Math.max(cards, await countChangesSince(ctx.db, { ...since, seq: row.synced_seq }));
}

/** Cards a phone is to hold: those of its directory, and no more than its cap. */
export function cardsInScope(cardCount: number, most: number | null): number {
  return Math.min(cardCount, most ?? cardCount);
}

function addressBookOf(row: ShownDeviceRow): Device['addressBook'] {
  if (row.dav_first_seen_at === null) return null;
  return {
    client: row.dav_user_agent,
    signedInAt: row.dav_first_seen_at,
    bookSeenAt: row.dav_book_seen_at,
    readAt: row.dav_synced_at,
    cards: row.dav_cards_synced,
    cardsInScope: cardsInScope(row.card_count ?? 0, row.most_contacts),
    emptiedAt: row.dav_emptied_at,
  };
}

/** As the columns hold it; an account that ended is shared by nobody. */
function sharingColumns(row: ShownDeviceRow): Device['accountSharing'] {
  if (row.state !== 'active' || row.account_shared_at === null || row.account_shared_by === null) return null;
  // Written by account-sharing.service.ts only.
  return { at: row.account_shared_at, sentence: sharingInWords(JSON.parse(row.account_shared_by) as Sharers) };
}

export async function toDevices(ctx: Context, rows: readonly ShownDeviceRow[]): Promise<Device[]> {
  const certificate = await activeServerCertificate(ctx);
  const lists =
    rows.length === 0
      ? []
      : await listDeviceLists(
          ctx.db,
          rows.map((row) => row.id),
        );
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      name: row.name,
      agent: { id: row.agent_id, name: row.agent_name },
      // Both columns are written from the contract's values only.
      platform: row.platform as Device['platform'],
      state: row.state as Device['state'],
      scope: scopeOfDevice(
        lists.filter((list) => list.device_id === row.id).map((list) => list.list_id),
        row,
      ),
      settings: switchesOf(row),
      contactsSynced: row.contacts_synced,
      contactsInScope: row.directory_state === 'ready' ? (row.entry_count ?? 0) : Math.max(row.entry_count ?? 0, row.expected_count ?? 0),
      changesBehind: await changesBehind(ctx, row),
      lastSeenAt: row.last_seen_at,
      lastSyncAt: row.last_sync_at,
      lastIp: row.last_ip,
      userAgent: row.user_agent,
      addressBook: addressBookOf(row),
      trouble: row.state === 'active' ? troubleOf(row, { now: ctx.now(), certificate: certificate?.fingerprint }) : null,
      isAccountStopped: row.state === 'active' && row.dav_password_hash === endedPassword,
      accountSharing: sharingColumns(row),
      certificateSeen: certificateSeen(row, certificate?.fingerprint),
      pageSeenAt: row.page_first_seen_at,
      pageErasedAt: row.page_erased_at,
      leaseDays: row.lease_days,
      leaseEndsAt: row.lease_ends_at,
      leaseState: row.state === 'active' ? leaseStateOf(row, ctx.now()) : 'none',
      leaseEndedBy: isEndedByPhone(row) ? 'phone' : 'desk',
      leaseRenewalAskedAt: row.lease_renewal_asked_at,
      wipeRequestedAt: row.wipe_requested_at,
      wipeConfirmedAt: row.wipe_confirmed_at,
      revokedAt: row.revoked_at,
      createdAt: row.created_at,
    })),
  );
}

async function getRow(ctx: Context, id: string): Promise<ShownDeviceRow> {
  const row = await findDevice(ctx.db, id);
  if (row === undefined) throw new NotFound('This phone');
  return row;
}

export async function getDevice(ctx: Context, id: string): Promise<Device> {
  const [device] = await toDevices(ctx, [await getRow(ctx, id)]);
  return device as Device; // One row in, one out.
}

/** What a new phone must know, once. Only hashes of the secrets are kept. */
export interface AddedDevice {
  readonly deviceToken: string;
  readonly davPassword: string;
  readonly serverName: string;
}

export function addDevice(
  ctx: Context,
  input: {
    readonly id: string;
    readonly name: string;
    readonly agentId: string;
    readonly platform: string;
    readonly scope: PhoneScope;
    readonly leaseDays: number | null;
    readonly visitor: { readonly ip: string; readonly userAgent: string };
  },
): Promise<AddedDevice> {
  return inTransaction(ctx, async (ctx) => {
    const deviceToken = newSecret(260);
    const davPassword = newSecret(130);
    const directory = await directoryOf(ctx, input.scope);
    await insertDevice(ctx.db, {
      id: input.id,
      name: input.name,
      agent_id: input.agentId,
      platform: input.platform,
      token_hash: hashSecret(deviceToken),
      dav_password_hash: hashSecret(davPassword),
      state: 'active',
      directory_id: directory.id,
      most_contacts: input.scope.most,
      shows_company: input.scope.showsCompany ? 1 : 0,
      lease_days: input.leaseDays,
      last_sync_at: null,
      last_seen_at: isoNow(ctx),
      last_ip: plainAddress(input.visitor.ip),
      user_agent: input.visitor.userAgent.slice(0, 300),
      wipe_requested_at: null,
      wipe_confirmed_at: null,
      revoked_at: null,
      created_at: isoNow(ctx),
    });
    await replaceDeviceLists(ctx.db, input.id, input.scope.listIds);
    const device: Actor = { kind: 'device', id: input.id, name: input.name, agentId: input.agentId };
    await recordAct(actingAs(ctx, device), {
      action: 'device.paired',
      target: { kind: 'device', id: input.id, name: input.name },
      detail: { platform: input.platform, scope: input.scope },
    });
    await announceDevice(ctx, { id: input.id, state: 'active' });
    return { deviceToken, davPassword, serverName: await serverName(ctx) };
  });
}

/** Tells the agents' screens that something about a phone changed. */
export function announceDevice(ctx: Context, device: { readonly id: string; readonly state: string }): Promise<void> {
  return publish(ctx, { audience: 'agents', kind: 'device', payload: { id: device.id, state: device.state } });
}

/**
 * Does something to a phone in use, and writes it down.
 * @throws NotFound, DeviceMovedOn
 */
export function actOnPhoneInUse(
  ctx: Context,
  id: string,
  { set, action }: { readonly set: Parameters<typeof updateDevice>[2]['set']; readonly action: string },
): Promise<Device> {
  return inTransaction(ctx, async (ctx) => {
    const row = await updateDevice(ctx.db, id, { from: ['active'], set });
    if (row === undefined) throw new DeviceMovedOn((await getRow(ctx, id)).state);
    await recordAct(ctx, { action, target: { kind: 'device', id, name: row.name } });
    await announceDevice(ctx, row);
    return getDevice(ctx, id);
  });
}

async function changeScope(ctx: Context, row: ShownDeviceRow, wanted: PhoneScope): Promise<PhoneScope> {
  const scope = await checkScope(ctx, wanted);
  const directory = await directoryOf(ctx, scope);
  await replaceDeviceLists(ctx.db, row.id, scope.listIds);
  if (directory.id === row.directory_id) return scope;
  await updateDevice(ctx.db, row.id, {
    from: ['active'],
    set: { directory_id: directory.id, most_contacts: scope.most, shows_company: scope.showsCompany ? 1 : 0 },
  });
  await startNewEpoch(ctx.db, row.id);
  return scope;
}

/** A lease that the desk ends counts from today. On an iPhone it is in the profile: another counts from the next one. */
function leaseColumns(ctx: Context, row: ShownDeviceRow, leaseDays: number | null) {
  return isEndedByPhone(row) || !hasAccount(row) ? {} : renewedLease(leaseEnd(leaseDays, ctx.now()));
}

/** Renames a phone, turns its switches, or gives it other contacts. */
export function changeDevice(ctx: Context, id: string, patch: DevicePatch): Promise<Device> {
  return inTransaction(ctx, async (ctx) => {
    const before = await getRow(ctx, id);
    const set = {
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.leaseDays === undefined ? {} : { lease_days: patch.leaseDays, ...leaseColumns(ctx, before, patch.leaseDays) }),
      ...switchColumns(patch.settings ?? {}),
    };
    if (before.state !== 'active') throw new DeviceMovedOn(before.state);
    if (Object.keys(set).length > 0) await updateDevice(ctx.db, id, { from: ['active'], set });
    if (patch.scope !== undefined) await changeScope(ctx, before, patch.scope);

    await recordAct(ctx, { action: 'device.changed', target: { kind: 'device', id, name: patch.name ?? before.name }, detail: patch });
    await publish(ctx, { audience: `device:${id}`, kind: 'settings', payload: { ...patch.settings } });
    await announceDevice(ctx, { id, state: before.state });
    return getDevice(ctx, id);
  });
}
