import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export function findDraft(db: Kysely<Tables>, key: { readonly owner: string; readonly place: string }) {
  return db.selectFrom('drafts').select(['body', 'updated_at']).where('owner', '=', key.owner).where('place', '=', key.place).executeTakeFirst();
}

export async function putDraft(
  db: Kysely<Tables>,
  draft: { readonly owner: string; readonly place: string; readonly body: string; readonly updated_at: string },
): Promise<void> {
  await db
    .insertInto('drafts')
    .values(draft)
    .onConflict((conflict) => conflict.columns(['owner', 'place']).doUpdateSet({ body: draft.body, updated_at: draft.updated_at }))
    .execute();
}

export async function deleteDraft(db: Kysely<Tables>, key: { readonly owner: string; readonly place: string }): Promise<void> {
  await db.deleteFrom('drafts').where('owner', '=', key.owner).where('place', '=', key.place).execute();
}
