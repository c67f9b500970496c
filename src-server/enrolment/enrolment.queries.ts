import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { DeviceSetupsTable, ProfileHandoversTable, Tables } from '../database/tables.ts';

export type DeviceSetupRow = Selectable<DeviceSetupsTable>;

/** Read every few seconds by each phone that is being set up. */
export const setupOfDevice = hotRead<{ deviceId: string }>()((db, parameter) =>
  db.selectFrom('device_setups').selectAll().where('device_id', '=', parameter('deviceId')),
);

/** Cards a phone is to hold by its directory. */
export const cardsOfDirectory = hotRead<{ id: number }>()((db, parameter) =>
  db.selectFrom('directories').select(['card_count']).where('id', '=', parameter('id')),
);

/** Notes that an account was made; what was seen of the one before is forgotten. */
export async function startSetup(db: Kysely<Tables>, row: Pick<DeviceSetupRow, 'device_id' | 'way' | 'account_made_at'>): Promise<void> {
  const fresh: Insertable<DeviceSetupsTable> = { ...row, profile_fetched_at: null, test_call_at: null, test_call_worked: null };
  await db
    .insertInto('device_setups')
    .values(fresh)
    .onConflict((conflict) => conflict.column('device_id').doUpdateSet(fresh))
    .execute();
}

export async function changeSetup(db: Kysely<Tables>, deviceId: string, set: Updateable<DeviceSetupsTable>): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('device_setups').set(set).where('device_id', '=', deviceId).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lays a profile ready; one that waited for the same phone is void. */
export async function replaceHandover(db: Kysely<Tables>, row: Insertable<ProfileHandoversTable>): Promise<void> {
  await db.deleteFrom('profile_handovers').where('device_id', '=', row.device_id).execute();
  await db.insertInto('profile_handovers').values(row).execute();
}

export async function dropHandovers(db: Kysely<Tables>, deviceId: string): Promise<void> {
  await db.deleteFrom('profile_handovers').where('device_id', '=', deviceId).execute();
}

/** A profile that waits for a phone that is in use. */
export function findHandover(db: Kysely<Tables>, nonceHash: string, now: string) {
  return db
    .selectFrom('profile_handovers')
    .innerJoin('devices', 'devices.id', 'profile_handovers.device_id')
    .select(['profile_handovers.device_id'])
    .where('nonce_hash', '=', nonceHash)
    .where('expires_at', '>', now)
    .where('devices.state', '=', 'active')
    .executeTakeFirst();
}

/** Takes a waiting profile away. One statement, so that of many requests exactly one gets it. */
export function takeHandover(db: Kysely<Tables>, nonceHash: string, now: string) {
  return db
    .deleteFrom('profile_handovers')
    .where('nonce_hash', '=', nonceHash)
    .where('expires_at', '>', now)
    .returning(['device_id', 'profile_sealed'])
    .executeTakeFirst();
}

export async function deleteLateHandovers(db: Kysely<Tables>, now: string): Promise<void> {
  await db.deleteFrom('profile_handovers').where('expires_at', '<=', now).execute();
}
