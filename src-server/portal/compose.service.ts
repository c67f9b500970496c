import { actingAs, inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { dropDraft, readDraft, saveDraft } from '../drafts/drafts.service.ts';
import type { MemberSession } from '../members/sessions.service.ts';
import type { CustomerViewer } from '../tickets/customer-tickets.contract.ts';
import { fileCustomerTicket, replyAsCustomer } from '../tickets/customer-tickets.service.ts';
import { draftFrom, type ComposeDraft } from './compose-draft.ts';
import { deleteSendingsBefore, findSending, insertSending } from './compose.queries.ts';

const scopePrefix = 'portal:';
// A little more than a message may have, so that what was refused for its length comes back too. Drafts hold 500 KB, and a
// character takes four bytes at most.
const longestKeptSubject = 2000;
const longestKeptText = 120_000;

function placeOf(place: string): string {
  return `portal:${place}`;
}

/** The context in which this member's drafts are theirs. */
export function asMember(ctx: Context, session: MemberSession): Context {
  return actingAs(ctx, { kind: 'member', id: session.memberId, name: session.name, contactId: session.contactId });
}

/** What the member had written here and not sent. */
export async function loadDraft(ctx: Context, place: string): Promise<ComposeDraft | undefined> {
  return draftFrom(place, (await readDraft(ctx, placeOf(place))).body);
}

/** Keeps what is written here. Of a text that is longer than any message may be, only the files are kept. */
export async function keepDraft(ctx: Context, { place, subject, text, files }: Omit<ComposeDraft, 'sending'>): Promise<void> {
  const fits = subject.length <= longestKeptSubject && text.length <= longestKeptText;
  await saveDraft(ctx, placeOf(place), fits ? { subject, text, files } : { subject: '', text: '', files });
}

/** Keeps what the script saw being typed; the files that are stored already stay with it. */
export async function keepTyped(ctx: Context, typed: { readonly place: string; readonly subject: string; readonly text: string }): Promise<void> {
  const kept = await loadDraft(ctx, typed.place);
  await keepDraft(ctx, { ...typed, files: kept?.files ?? [] });
}

export async function discardDraft(ctx: Context, place: string): Promise<void> {
  await dropDraft(ctx, placeOf(place));
}

/** Does `send` once for each sending, however often the button was pressed, and forgets the draft with it. */
function sendOnce(ctx: Context, draft: ComposeDraft, send: (ctx: Context) => Promise<number>): Promise<number> {
  const sending = { scope: `${scopePrefix}${ctx.actor.id}`, key: draft.sending };
  return inTransaction(ctx, async (ctx) => {
    const done = await findSending(ctx.db, sending);
    if (done !== undefined) return Number(done.response);

    const number = await send(ctx);
    await insertSending(ctx.db, { ...sending, response: String(number), at: isoNow(ctx) });
    await discardDraft(ctx, draft.place);
    return number;
  });
}

function messageOf(draft: ComposeDraft) {
  return { text: draft.text.trim(), attachmentIds: draft.files.map((file) => file.id) };
}

/** Files the ticket; its number. */
export function sendTicket(ctx: Context, viewer: CustomerViewer, draft: ComposeDraft): Promise<number> {
  return sendOnce(ctx, draft, async (ctx) => {
    const ticket = await fileCustomerTicket(ctx, viewer, { subject: draft.subject.trim(), ...messageOf(draft) });
    return ticket.number;
  });
}

/** Sends the reply to the ticket the draft belongs to. */
export function sendReply(ctx: Context, viewer: CustomerViewer, draft: ComposeDraft): Promise<number> {
  const number = Number(draft.place);
  return sendOnce(ctx, draft, async (ctx) => {
    await replyAsCustomer(ctx, viewer, number, messageOf(draft));
    return number;
  });
}

export async function forgetSendings(ctx: Context): Promise<void> {
  await deleteSendingsBefore(ctx.db, { prefix: scopePrefix, at: new Date(ctx.now().getTime() - 86_400_000).toISOString() });
}
