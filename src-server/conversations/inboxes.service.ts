import { recordAct } from '../audit/audit.service.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import { publish } from '../live/live.service.ts';
import type { Inbox, InboxInput, InboxPatch } from './conversations.contract.ts';
import {
  findFirstInbox,
  findFirstOpenStage,
  findInbox,
  findStartStage,
  insertInbox,
  isInboxNameTaken,
  listInboxRows,
  updateInbox,
  type InboxRow,
} from './inboxes.queries.ts';

function toInbox(row: InboxRow): Inbox {
  return { id: row.id, name: row.name, pipelineId: row.pipeline_id, stageId: row.stage_id, openTickets: Number(row.open_tickets ?? 0) };
}

/** The inboxes, oldest first: the first one is the default. There are few, so it is one page. */
export async function listInboxes(ctx: Context): Promise<Page<Inbox>> {
  return { items: (await listInboxRows(ctx.db)).map(toInbox), nextCursor: null };
}

/** The inbox with this id, or the first one when it is null or gone, so that no ticket is ever left without. */
export async function inboxOrDefault(ctx: Context, id: string | null): Promise<Inbox> {
  const chosen = id === null ? undefined : await findInbox(ctx.db, id);
  const row = chosen ?? (await findFirstInbox(ctx.db));
  if (row === undefined) throw new NotFound('An inbox');
  return toInbox(row);
}

/** @throws InvalidInput naming `inboxId` */
export async function inboxNamed(ctx: Context, id: string): Promise<Inbox> {
  const row = await findInbox(ctx.db, id);
  if (row === undefined) throw new InvalidInput([{ path: 'inboxId', message: 'This inbox is no longer there. Choose another.' }]);
  return toInbox(row);
}

async function checkStart(ctx: Context, { pipelineId, stageId }: { readonly pipelineId: string; readonly stageId: string }): Promise<void> {
  const stage = await findStartStage(ctx.db, stageId);
  if (stage?.pipeline_id !== pipelineId) throw new InvalidInput([{ path: 'stageId', message: 'Choose a stage of the chosen pipeline.' }]);
  if (stage.is_open === 0) throw new InvalidInput([{ path: 'stageId', message: `“${stage.name}” is a closed stage. New tickets need an open one.` }]);
}

function nameTaken(): InvalidInput {
  return new InvalidInput([{ path: 'name', message: 'Another inbox has this name. Choose a different one.' }]);
}

export function addInbox(ctx: Context, input: InboxInput): Promise<Inbox> {
  return inTransaction(ctx, async (ctx) => {
    await checkStart(ctx, input);
    const id = newId();
    const row = { id, name: input.name, pipeline_id: input.pipelineId, stage_id: input.stageId, created_at: isoNow(ctx) };
    if (!(await insertInbox(ctx.db, row))) throw nameTaken();
    return announce(ctx, id, 'inbox.added');
  });
}

export function changeInbox(ctx: Context, id: string, patch: InboxPatch): Promise<Inbox> {
  return inTransaction(ctx, async (ctx) => {
    const current = await findInbox(ctx.db, id);
    if (current === undefined) throw new NotFound('This inbox');
    const next = { name: patch.name ?? current.name, pipelineId: patch.pipelineId ?? current.pipeline_id, stageId: patch.stageId ?? current.stage_id };
    await checkStart(ctx, next);
    if (await isInboxNameTaken(ctx.db, next.name, id)) throw nameTaken();
    await updateInbox(ctx.db, id, { name: next.name, pipeline_id: next.pipelineId, stage_id: next.stageId });
    return announce(ctx, id, 'inbox.changed');
  });
}

/** Makes the inbox if there is none at all; its tickets start in the first open stage. */
export async function ensureFirstInbox(ctx: Context, first: { readonly id: string; readonly name: string }): Promise<void> {
  if ((await findFirstInbox(ctx.db)) !== undefined) return;
  const stage = await findFirstOpenStage(ctx.db);
  if (stage === undefined) return;
  await insertInbox(ctx.db, { ...first, pipeline_id: stage.pipeline_id, stage_id: stage.id, created_at: isoNow(ctx) });
}

async function announce(ctx: Context, id: string, action: string): Promise<Inbox> {
  const inbox = await inboxOrDefault(ctx, id);
  await recordAct(ctx, { action, target: { kind: 'inbox', id, name: inbox.name }, detail: { stageId: inbox.stageId } });
  await publish(ctx, { audience: 'agents', kind: 'settings', payload: { feature: 'inboxes' } });
  return inbox;
}
