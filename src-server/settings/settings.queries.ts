import type { Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { Tables } from '../database/tables.ts';

export const settingsOf = hotRead<{ feature: string }>()((db, parameter) =>
  db.selectFrom('settings').select('value').where('feature', '=', parameter('feature')),
);

export function findSettings(db: Kysely<Tables>, feature: string) {
  return db.selectFrom('settings').select('value').where('feature', '=', feature).executeTakeFirst();
}

export async function saveSettings(db: Kysely<Tables>, row: { readonly feature: string; readonly value: string; readonly updated_at: string }): Promise<void> {
  await db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('feature').doUpdateSet({ value: row.value, updated_at: row.updated_at }))
    .execute();
}
