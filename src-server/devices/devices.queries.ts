import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { DevicesTable, Tables } from '../database/tables.ts';
import { endedPassword } from './lease.ts';

export type DeviceRow = Selectable<DevicesTable>;

/** The one row that decides whether a request may go on: asked at every request of every phone. */
export const deviceByToken = hotRead<{ tokenHash: string }>()((db, parameter) =>
  db
    .selectFrom('devices')
    .select(['id', 'name', 'agent_id', 'state', 'last_seen_at', 'last_ip', 'user_agent', 'page_first_seen_at'])
    .where('token_hash', '=', parameter('tokenHash')),
);

export const deviceById = hotRead<{ id: string }>()((db, parameter) => db.selectFrom('devices').selectAll().where('id', '=', parameter('id')));

/** What decides how a phone's look-up is answered: asked at every ring. */
export const lookUpSwitches = hotRead<{ id: string }>()((db, parameter) =>
  db.selectFrom('devices').select(['agent_id', 'caller_id', 'show_deal']).where('id', '=', parameter('id')),
);

function withNames(db: Kysely<Tables>) {
  return db
    .selectFrom('devices')
    .innerJoin('agents', 'agents.id', 'devices.agent_id')
    .leftJoin('directories', 'directories.id', 'devices.directory_id')
    .leftJoin('device_setups', 'device_setups.device_id', 'devices.id')
    .selectAll('devices')
    .select([
      'agents.name as agent_name',
      'device_setups.way as account_way',
      'directories.entry_count',
      'directories.expected_count',
      'directories.card_count',
      'directories.state as directory_state',
    ]);
}
export type ShownDeviceRow = NonNullable<Awaited<ReturnType<typeof findDevice>>>;

export function findDevice(db: Kysely<Tables>, id: string) {
  return withNames(db).where('devices.id', '=', id).executeTakeFirst();
}

/** Where a list of devices stands: in which state, and after which of them. */
export type DevicePlace = readonly [state: DeviceRow['state'], createdAt: string, id: string];

/** Devices of one state behind a place, the oldest first. */
export function listDeviceRows(db: Kysely<Tables>, [state, createdAt, id]: DevicePlace, limit: number) {
  return withNames(db)
    .where('devices.state', '=', state)
    .where((device) => device(device.refTuple('devices.created_at', 'devices.id'), '>', device.tuple(createdAt, id)))
    .orderBy('devices.created_at')
    .orderBy('devices.id')
    .limit(limit)
    .execute();
}

export function listDeviceLists(db: Kysely<Tables>, deviceIds: readonly string[]) {
  return db.selectFrom('device_lists').selectAll().where('device_id', 'in', deviceIds).orderBy('list_id').execute();
}

/** Numbers that changed since the phone last synced, counted no further than `most`. */
export async function countChangesSince(
  db: Kysely<Tables>,
  since: { readonly directoryId: number; readonly seq: number; readonly most: number },
): Promise<number> {
  const row = await db
    .selectFrom((entries) =>
      entries
        .selectFrom('directory_entries')
        .select('digits')
        .where('directory_id', '=', since.directoryId)
        .where('seq', '>', since.seq)
        .limit(since.most)
        .as('changed'),
    )
    .select((changed) => changed.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Cards that changed since the phone last read its book, counted no further than `most`. */
export async function countCardsSince(
  db: Kysely<Tables>,
  since: { readonly directoryId: number; readonly seq: number; readonly most: number },
): Promise<number> {
  const changed = db.selectFrom('directory_cards').select('card').where('directory_id', '=', since.directoryId).where('seq', '>', since.seq).limit(since.most);
  const row = await db
    .selectFrom(changed.as('changed'))
    .select((cards) => cards.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function insertDevice(db: Kysely<Tables>, row: Insertable<DevicesTable>): Promise<void> {
  await db.insertInto('devices').values(row).execute();
}

export async function replaceDeviceLists(db: Kysely<Tables>, deviceId: string, listIds: readonly string[]): Promise<void> {
  await db.deleteFrom('device_lists').where('device_id', '=', deviceId).execute();
  if (listIds.length === 0) return;
  await db
    .insertInto('device_lists')
    .values(listIds.map((list_id) => ({ device_id: deviceId, list_id })))
    .execute();
}

/** Changes a device if it is in one of the states `from`. */
export function updateDevice(db: Kysely<Tables>, id: string, change: { readonly from: readonly DeviceRow['state'][]; readonly set: Updateable<DevicesTable> }) {
  return db.updateTable('devices').set(change.set).where('id', '=', id).where('state', 'in', change.from).returningAll().executeTakeFirst();
}

/** Forgets what the phone holds, so that its next sync starts anew. */
export async function startNewEpoch(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .updateTable('devices')
    .set((device) => ({ epoch: device('epoch', '+', 1), synced_seq: 0 }))
    .where('id', '=', id)
    .execute();
}

/** The passwords of address books of all phones that may still sign in. */
export function listAccounts(db: Kysely<Tables>) {
  return db.selectFrom('devices').select(['id', 'name', 'dav_password_hash']).where('state', 'in', ['active', 'wiping']).execute();
}

/** Notes which leases are over, each once. */
export function noteEndedLeases(db: Kysely<Tables>, now: string) {
  return db
    .updateTable('devices')
    .set({ lease_ended_at: now })
    .where('state', '=', 'active')
    .where('lease_ends_at', '<=', now)
    .where('lease_ended_at', 'is', null)
    .returningAll()
    .execute();
}

/** Takes the password of accounts that a phone dropped by itself, because their lease ended before `before`. */
export async function endDroppedAccounts(db: Kysely<Tables>, before: string): Promise<void> {
  await db
    .updateTable('devices')
    .set({ dav_password_hash: endedPassword })
    .where('state', '=', 'active')
    .where('lease_ends_at', '<', before)
    .where('dav_password_hash', '!=', endedPassword)
    .where('id', 'in', (setups) => setups.selectFrom('device_setups').select('device_id').where('way', '=', 'ios'))
    .execute();
}

/** The phones in use, the oldest first. */
export function listPhonesInUse(db: Kysely<Tables>, limit: number) {
  return withNames(db).where('devices.state', '=', 'active').orderBy('devices.created_at').orderBy('devices.id').limit(limit).execute();
}

/** The phones of one agent that are in use. */
export function listActiveDevicesOf(db: Kysely<Tables>, agentId: string) {
  return db.selectFrom('devices').select(['id', 'show_deal', 'caller_id']).where('agent_id', '=', agentId).where('state', '=', 'active').limit(50).execute();
}

export function listExistingLists(db: Kysely<Tables>, ids: readonly string[]) {
  return db.selectFrom('lists').select('id').where('id', 'in', ids).execute();
}

/** Numbers the phone holds, as its last complete sync left them. */
export async function noteSync(db: Kysely<Tables>, id: string, sync: { readonly seq: number; readonly count: number; readonly at: string }): Promise<void> {
  await db
    .updateTable('devices')
    .set({ synced_seq: sync.seq, contacts_synced: sync.count, last_sync_at: sync.at })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .execute();
}
