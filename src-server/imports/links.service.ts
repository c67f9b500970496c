import type { Context } from '../kernel/context.ts';
import { addContactsToDeals, linkToCompany } from '../people/bulk-people.service.ts';
import { changeImportedTicket } from '../tickets/import-tickets.service.ts';
import type { RecordKind, Run } from './import-run.ts';
import { deleteLink, insertLinks, listDeals, listLinks, listTickets } from './imports.queries.ts';

// Files come in any order: tickets may name contacts that are imported tomorrow. Such names wait here.

/** A record that names another one that has not come yet. */
export interface WaitingLink {
  readonly kind: RecordKind;
  readonly id: string;
  readonly waitsFor: 'contact' | 'company';
  readonly externalIds: readonly string[];
}

export async function rememberLinks(ctx: Context, run: Run, links: readonly WaitingLink[]): Promise<void> {
  const rows = links.flatMap(({ kind, id, waitsFor, externalIds }) =>
    externalIds.map((externalId) => ({ source: run.source, object: waitsFor, external_id: externalId, record_kind: kind, record_id: id })),
  );
  if (rows.length > 0) run.notes.add('Some records name others that are not here yet. They are linked when those are imported.');
  await insertLinks(ctx.db, rows);
}

/** Gives records that came earlier the contacts or companies that came now. */
export async function settleLinks(
  ctx: Context,
  run: Run,
  come: { readonly object: 'contact' | 'company'; readonly records: readonly { readonly id: string; readonly externalId: string }[] },
): Promise<void> {
  if (come.records.length === 0) return;
  const idOf = new Map(come.records.map((record) => [record.externalId, record.id]));
  const links = await listLinks(ctx.db, { source: run.source, object: come.object, ids: [...idOf.keys()] });
  for (const [externalId, waiting] of Map.groupBy(links, (link) => link.external_id)) {
    const idsOf = (kind: RecordKind) => waiting.filter((link) => link.record_kind === kind).map((link) => link.record_id);
    const id = idOf.get(externalId) ?? '';
    if (come.object === 'company') await linkToCompany(ctx, { companyId: id, contactIds: idsOf('contact'), dealIds: idsOf('deal') });
    else await linkDeals(ctx, idsOf('deal'), id);
    await linkTickets(ctx, idsOf('ticket'), come.object === 'company' ? { companyId: id } : { contactId: id });
    for (const link of waiting) await deleteLink(ctx.db, link);
  }
}

/** Deals that are gone by now are passed over. */
async function linkDeals(ctx: Context, dealIds: readonly string[], contactId: string): Promise<void> {
  if (dealIds.length === 0) return;
  const deals = await listDeals(ctx.db, dealIds);
  await addContactsToDeals(
    ctx,
    deals.map((deal) => ({ dealId: deal.id, contactId })),
  );
}

/** A ticket that somebody gave a contact or company meanwhile keeps it. */
async function linkTickets(ctx: Context, ticketIds: readonly string[], owner: { readonly contactId?: string; readonly companyId?: string }): Promise<void> {
  if (ticketIds.length === 0) return;
  for (const ticket of await listTickets(ctx.db, ticketIds)) {
    const isTaken = owner.contactId === undefined ? ticket.company_id !== null : ticket.contact_id !== null;
    if (isTaken) continue;
    // Being linked is no change of the ticket itself. A contact brings their company along, but not in place of its own.
    const asBefore = { ...ctx, now: () => new Date(ticket.updated_at) };
    await changeImportedTicket(asBefore, ticket.id, ticket.company_id === null ? owner : { companyId: ticket.company_id, ...owner });
  }
}
