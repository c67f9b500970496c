import type { Insertable, Kysely, Updateable } from 'kysely';
import type { InboxesTable, Tables } from '../database/tables.ts';

function withTallies(db: Kysely<Tables>) {
  return db
    .selectFrom('inboxes')
    .selectAll('inboxes')
    .select((inbox) =>
      inbox
        .selectFrom('ticket_tallies')
        .select((tally) => tally.fn.sum<number>('open_tickets').as('sum'))
        .whereRef('ticket_tallies.inbox_id', '=', 'inboxes.id')
        .as('open_tickets'),
    );
}

export type InboxRow = Awaited<ReturnType<typeof listInboxRows>>[number];

export function listInboxRows(db: Kysely<Tables>) {
  return withTallies(db).orderBy('created_at').orderBy('id').execute();
}

export function findInbox(db: Kysely<Tables>, id: string) {
  return withTallies(db).where('id', '=', id).executeTakeFirst();
}

export function findFirstInbox(db: Kysely<Tables>) {
  return withTallies(db).orderBy('created_at').orderBy('id').limit(1).executeTakeFirst();
}

/** False when the name is taken. */
export async function insertInbox(db: Kysely<Tables>, row: Insertable<InboxesTable>): Promise<boolean> {
  const result = await db
    .insertInto('inboxes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function isInboxNameTaken(db: Kysely<Tables>, name: string, exceptId: string): Promise<boolean> {
  const row = await db.selectFrom('inboxes').select('id').where('name', '=', name).where('id', '!=', exceptId).executeTakeFirst();
  return row !== undefined;
}

export async function updateInbox(db: Kysely<Tables>, id: string, patch: Updateable<InboxesTable>): Promise<void> {
  await db.updateTable('inboxes').set(patch).where('id', '=', id).execute();
}

export function findStartStage(db: Kysely<Tables>, stageId: string) {
  return db.selectFrom('stages').select(['pipeline_id', 'name', 'is_open']).where('id', '=', stageId).executeTakeFirst();
}

/** The first open stage of the first pipeline. */
export function findFirstOpenStage(db: Kysely<Tables>) {
  return db
    .selectFrom('stages')
    .innerJoin('pipelines', 'pipelines.id', 'stages.pipeline_id')
    .select(['stages.id', 'stages.pipeline_id'])
    .where('stages.is_open', '=', 1)
    .orderBy('pipelines.position')
    .orderBy('stages.position')
    .limit(1)
    .executeTakeFirst();
}
