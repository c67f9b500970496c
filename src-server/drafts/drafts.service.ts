import { InvalidInput } from '../kernel/app-error.ts';
import { isoNow, type Context } from '../kernel/context.ts';
import type { Draft } from './drafts.contract.ts';
import { deleteDraft, findDraft, putDraft } from './drafts.queries.ts';

const mostBytes = 500_000;

/** Drafts belong to whoever acts: nobody reads another's. */
function ownerOf(ctx: Context): string {
  return `${ctx.actor.kind}:${ctx.actor.id}`;
}

/** What was typed at `place` and not sent yet. */
export async function readDraft(ctx: Context, place: string): Promise<Draft> {
  const row = await findDraft(ctx.db, { owner: ownerOf(ctx), place });
  return row === undefined ? { body: null, updatedAt: null } : { body: JSON.parse(row.body) as unknown, updatedAt: row.updated_at };
}

/** Keeps what is typed, replacing what was kept before. */
export async function saveDraft(ctx: Context, place: string, draft: unknown): Promise<void> {
  const body = JSON.stringify(draft ?? null);
  if (Buffer.byteLength(body) > mostBytes) {
    throw new InvalidInput([{ path: 'body', message: 'This draft is larger than 500 KB. Attach long texts as a file.' }]);
  }
  await putDraft(ctx.db, { owner: ownerOf(ctx), place, body, updated_at: isoNow(ctx) });
}

/** Forgets the draft, because it was sent or thrown away. */
export async function dropDraft(ctx: Context, place: string): Promise<void> {
  await deleteDraft(ctx.db, { owner: ownerOf(ctx), place });
}
