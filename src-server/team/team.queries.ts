import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type { AgentsTable, Tables } from '../database/tables.ts';

export type AgentRow = Selectable<AgentsTable>;

export function listAgentRows(db: Kysely<Tables>) {
  return db.selectFrom('agents').selectAll().orderBy('created_at').orderBy('id').execute();
}

export function findAgent(db: Kysely<Tables>, id: string) {
  return db.selectFrom('agents').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findOwner(db: Kysely<Tables>) {
  return db.selectFrom('agents').selectAll().where('role', '=', 'owner').orderBy('created_at').limit(1).executeTakeFirst();
}

export async function insertAgent(db: Kysely<Tables>, row: Insertable<AgentsTable>): Promise<void> {
  await db
    .insertInto('agents')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function updateAgent(db: Kysely<Tables>, id: string, patch: Updateable<AgentsTable>) {
  return db.updateTable('agents').set(patch).where('id', '=', id).returningAll().executeTakeFirst();
}
