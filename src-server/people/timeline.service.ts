import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import type { PageQuery } from '../kernel/primitives.contract.ts';
import { findContact } from './contacts.queries.ts';
import { touchPeople } from './contacts.service.ts';
import type { Engagement } from './people.contract.ts';
import { deleteEngagement, insertEngagement, timelineOfCompany, timelineOfContact, timelineOfTicket, type EngagementRow } from './timeline.queries.ts';

/** Something that happened, as it stands on the timelines of its contact, company and ticket. */
export interface NewEngagement {
  /** What it was, e.g. 'message', 'note', 'call', 'ticket-opened'. */
  readonly kind: string;
  /** When; now if left out. */
  readonly at?: string;
  readonly contactId?: string | null;
  /** The contact's own company if left out; null for none. */
  readonly companyId?: string | null;
  readonly ticketId?: string | null;
  /** One line, plain. */
  readonly summary: string;
  /** The message, note, call or task it is about. */
  readonly subjectId?: string | null;
  /** Never shown to a customer. */
  readonly isInternal: boolean;
  /** An entry that says less and goes: what was written before more was known. */
  readonly replaces?: string | null;
}

const longestSummary = 280;

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > longestSummary ? `${line.slice(0, longestSummary - 1).trimEnd()}…` : line;
}

/** Writes an entry in the caller's transaction. Its contact and company count as active at that time. */
export function recordEngagement(ctx: Context, engagement: NewEngagement): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const contactId = engagement.contactId ?? null;
    const ownCompany = contactId === null || engagement.companyId !== undefined ? undefined : await findContact(ctx.db, contactId);
    const companyId = engagement.companyId ?? ownCompany?.company_id ?? null;
    const at = engagement.at ?? isoNow(ctx);
    const id = newId();
    if (typeof engagement.replaces === 'string') await deleteEngagement(ctx.db, engagement.replaces);
    await insertEngagement(ctx.db, {
      id,
      kind: engagement.kind,
      at,
      contact_id: contactId,
      company_id: companyId,
      ticket_id: engagement.ticketId ?? null,
      actor_kind: ctx.actor.kind,
      actor_name: ctx.actor.name,
      summary: shorten(engagement.summary),
      subject_id: engagement.subjectId ?? null,
      is_internal: engagement.isInternal ? 1 : 0,
    });
    await touchPeople(ctx, { contactId, companyId, at });
    return id;
  });
}

/** Takes an entry back that turned out to say nothing. */
export function dropEngagement(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, (ctx) => deleteEngagement(ctx.db, id));
}

function toEngagement(row: EngagementRow): Engagement {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at,
    actorName: row.actor_name,
    summary: row.summary,
    ticketId: row.ticket_id,
    contactId: row.contact_id,
    companyId: row.company_id,
    isInternal: row.is_internal === 1,
  };
}

export type TimelineOwner = { readonly contactId: string } | { readonly companyId: string } | { readonly ticketId: string };

function readTimeline(ctx: Context, owner: TimelineOwner, place: { readonly at: string; readonly id: string; readonly limit: number }) {
  if ('contactId' in owner) return ctx.hot.all(timelineOfContact, { ...place, recordId: owner.contactId });
  if ('companyId' in owner) return ctx.hot.all(timelineOfCompany, { ...place, recordId: owner.companyId });
  return ctx.hot.all(timelineOfTicket, { ...place, recordId: owner.ticketId });
}

/** A page of a record's timeline, newest first. */
export async function listTimeline(ctx: Context, owner: TimelineOwner, query: PageQuery): Promise<Page<Engagement>> {
  const [at, id] = (query.cursor === undefined ? undefined : decodeCursor(query.cursor, 2)) ?? ['9999', ''];
  const rows = await readTimeline(ctx, owner, { at: String(at), id: String(id), limit: query.limit + 1 });
  return toPage(rows, query.limit, { item: toEngagement, key: (row) => [row.at, row.id] });
}
