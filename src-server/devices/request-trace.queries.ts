import type { Insertable, Kysely } from 'kysely';
import { insertMany } from '../database/insert-many.ts';
import type { DeviceRequestsTable, Tables } from '../database/tables.ts';

export type TraceRow = Insertable<DeviceRequestsTable>;

/** How many of its last requests are kept of each device. */
export const keptOfEach = 100;

export async function listKnownDevices(db: Kysely<Tables>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('devices').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map((row) => row.id));
}

/** The last requests of a device, the newest first. */
export function listTrace(db: Kysely<Tables>, deviceId: string) {
  return db.selectFrom('device_requests').selectAll().where('device_id', '=', deviceId).orderBy('id', 'desc').limit(keptOfEach).execute();
}

export async function insertTrace(db: Kysely<Tables>, rows: readonly TraceRow[]): Promise<void> {
  await insertMany(db, 'device_requests', { rows: [...rows] });
}

/** Keeps the newest `most` requests of a device. */
export async function forgetOldTrace(db: Kysely<Tables>, deviceId: string, most: number): Promise<void> {
  const newestToForget = db.selectFrom('device_requests').select('id').where('device_id', '=', deviceId).orderBy('id', 'desc').limit(1).offset(most);
  await db.deleteFrom('device_requests').where('device_id', '=', deviceId).where('id', '<=', newestToForget).execute();
}
