import type { Insertable, Kysely, Selectable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { LiveEventsTable, Tables } from '../database/tables.ts';

export async function insertEvent(db: Kysely<Tables>, event: Insertable<LiveEventsTable>): Promise<void> {
  await db.insertInto('live_events').values(event).execute();
}

const readAtOnce = 500;

export type EventRow = Pick<Selectable<LiveEventsTable>, 'seq' | 'audience' | 'kind' | 'payload'>;

/** The next events of everybody. */
export const eventsAfter = hotRead<{ seq: number }>()((db, parameter) =>
  db.selectFrom('live_events').select(['seq', 'audience', 'kind', 'payload']).where('seq', '>', parameter('seq')).orderBy('seq').limit(readAtOnce),
);

/** The next events of one audience. */
export const eventsOfAudienceAfter = hotRead<{ audience: string; seq: number }>()((db, parameter) =>
  db
    .selectFrom('live_events')
    .select(['seq', 'audience', 'kind', 'payload'])
    .where('audience', '=', parameter('audience'))
    .where('seq', '>', parameter('seq'))
    .orderBy('seq')
    .limit(readAtOnce),
);

export const newestEvent = hotRead<object>()((db) => db.selectFrom('live_events').select('seq').orderBy('seq', 'desc').limit(1));

export async function deleteEventsBefore(db: Kysely<Tables>, at: string): Promise<void> {
  await db.deleteFrom('live_events').where('at', '<', at).execute();
}
