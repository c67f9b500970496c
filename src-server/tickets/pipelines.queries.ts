import type { Insertable, Kysely, Selectable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { StagesTable, Tables } from '../database/tables.ts';

export type StageRow = Selectable<StagesTable>;

export function listPipelineRows(db: Kysely<Tables>) {
  return db.selectFrom('pipelines').selectAll().orderBy('position').orderBy('id').execute();
}

export function findPipeline(db: Kysely<Tables>, id: string) {
  return db.selectFrom('pipelines').selectAll().where('id', '=', id).executeTakeFirst();
}

export function listStageRows(db: Kysely<Tables>) {
  return db.selectFrom('stages').selectAll().orderBy('position').orderBy('id').execute();
}

export function listStagesOf(db: Kysely<Tables>, pipelineId: string) {
  return db.selectFrom('stages').selectAll().where('pipeline_id', '=', pipelineId).orderBy('position').orderBy('id').execute();
}

export function findStage(db: Kysely<Tables>, id: string) {
  return db.selectFrom('stages').selectAll().where('id', '=', id).executeTakeFirst();
}

export const stageById = hotRead<{ id: string }>()((db, parameter) => db.selectFrom('stages').selectAll().where('id', '=', parameter('id')));

export function findNewestPosition(db: Kysely<Tables>) {
  return db.selectFrom('pipelines').select('position').orderBy('position', 'desc').limit(1).executeTakeFirst();
}

/** False when the name is taken. */
export async function insertPipeline(db: Kysely<Tables>, row: { readonly id: string; readonly name: string; readonly position: number }): Promise<boolean> {
  const result = await db
    .insertInto('pipelines')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Whether another pipeline has the name. */
export async function isPipelineNameTaken(db: Kysely<Tables>, name: string, exceptId: string): Promise<boolean> {
  const row = await db.selectFrom('pipelines').select('id').where('name', '=', name).where('id', '!=', exceptId).executeTakeFirst();
  return row !== undefined;
}

export async function renamePipeline(db: Kysely<Tables>, id: string, name: string): Promise<void> {
  await db.updateTable('pipelines').set({ name }).where('id', '=', id).execute();
}

export async function saveStages(db: Kysely<Tables>, rows: readonly Insertable<StagesTable>[]): Promise<void> {
  await db
    .insertInto('stages')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((stage) => ({
        name: stage.ref('excluded.name'),
        position: stage.ref('excluded.position'),
        is_open: stage.ref('excluded.is_open'),
        public_name: stage.ref('excluded.public_name'),
        turn: stage.ref('excluded.turn'),
      })),
    )
    .execute();
}

/** Frees the stages' names, so that two of them may swap theirs. */
export async function freeStageNames(db: Kysely<Tables>, pipelineId: string): Promise<void> {
  await db
    .updateTable('stages')
    .set((stage) => ({ name: stage.ref('id') }))
    .where('pipeline_id', '=', pipelineId)
    .execute();
}

export async function deleteStages(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('stages').where('id', 'in', ids).execute();
}

export async function hasTickets(db: Kysely<Tables>, stageId: string): Promise<boolean> {
  return (await db.selectFrom('tickets').select('id').where('stage_id', '=', stageId).limit(1).executeTakeFirst()) !== undefined;
}

/** The name of an inbox whose tickets start in the stage. */
export function findInboxStartingAt(db: Kysely<Tables>, stageId: string) {
  return db.selectFrom('inboxes').select('name').where('stage_id', '=', stageId).limit(1).executeTakeFirst();
}
