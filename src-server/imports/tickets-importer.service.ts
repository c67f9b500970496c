import { setImmediate as breathe } from 'node:timers/promises';
import { inSavepoint } from '../database/savepoint.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { savePropertyValuesOf } from '../people/bulk-people.service.ts';
import { propertyName } from '../people/property-value.ts';
import { changeImportedTicket, importTicket } from '../tickets/import-tickets.service.ts';
import type { Stage } from '../tickets/tickets.contract.ts';
import { resolveCompanies, type Companies } from './company-references.service.ts';
import { contactsOf, findNamedContacts, type NamedContacts } from './deals-importer.service.ts';
import { ticketDraft, type TicketDraft } from './drafts.ts';
import { chosenValue, draftRows, emptyOutcome, refuse, remark, type DraftRow, type Importer, type Outcome, type Run } from './import-run.ts';
import { insertExternalIds, insertImportedRows, listContacts, listExternalIds, listPropertyValues, listTickets } from './imports.queries.ts';
import { rememberLinks } from './links.service.ts';
import { stageFinder, type StageFinder } from './stages.service.ts';

// Tickets come hidden from customers, with their old dates. What another program called the description becomes an
// internal note: nobody knows whether a customer may read it.

interface Piece {
  readonly ctx: Context;
  readonly run: Run;
  readonly outcome: Outcome;
  readonly byId: Map<string, string>;
  readonly companies: Companies;
  readonly contacts: NamedContacts;
  readonly stages: StageFinder;
}

function identityOf(draft: TicketDraft): string {
  return draft.externalId ?? draft.fingerprint ?? draft.subject;
}

/** One piece of an import of tickets. */
export const importTickets: Importer = async (ctx, run, csvRows) => {
  const outcome = emptyOutcome();
  const rows = await draftRows(run, csvRows, { outcome, draft: (cells) => ticketDraft(cells, run.tools) });
  const ids = rows.map(({ draft }) => identityOf(draft));
  const links = ids.length === 0 ? [] : await listExternalIds(ctx.db, { source: run.source, object: 'ticket', ids });
  const piece: Piece = {
    ctx,
    run,
    outcome,
    byId: new Map(links.map((link) => [link.external_id, link.record_id])),
    companies: await resolveCompanies(ctx, run, rows.map(mentionOf)),
    contacts: await findNamedContacts(
      ctx,
      run,
      rows.map(({ draft }) => draft),
    ),
    stages: await stageFinder(ctx, run),
  };
  for (const [index, row] of rows.entries()) {
    if (index % 10 === 0) await breathe();
    await placeRow(piece, withKeptPipeline(piece, row));
  }
  return outcome;
};

function mentionOf({ row, draft }: DraftRow<TicketDraft>) {
  return { rowNumber: row.number, reference: draft.company, email: null };
}

/** The name of a pipeline that is not here is kept as a property. */
function withKeptPipeline({ run, stages }: Piece, { row, draft }: DraftRow<TicketDraft>): DraftRow<TicketDraft> {
  if (draft.pipeline === '' || stages.hasPipeline(draft.pipeline)) return { row, draft };
  const header = run.columns.find((column) => column.target === 'pipeline')?.header ?? 'Pipeline';
  return { row, draft: { ...draft, properties: { ...draft.properties, [propertyName(header)]: draft.pipeline } } };
}

async function placeRow(piece: Piece, row: DraftRow<TicketDraft>): Promise<void> {
  const { ctx, run, outcome } = piece;
  const { draft } = row;
  const identity = identityOf(draft);
  const stage = await piece.stages.stageFor(ctx, { pipeline: draft.pipeline, stage: draft.stage, isClosed: draft.stage === '' && draft.closedAt !== null });
  const existing = piece.byId.get(identity);
  const state = existing === undefined ? undefined : await readTicketState(ctx, existing);
  if (existing !== undefined && state !== undefined) {
    await updateExisting(piece, row, { id: existing, ours: state, stage });
    return;
  }
  if (run.seen.has(identity)) {
    outcome.unchanged += 1;
    return;
  }
  outcome.created += 1;
  if (run.isDryRun) run.seen.add(identity);
  const problem = run.isDryRun || stage === null ? undefined : await makeTicket(piece, row, stage);
  if (problem !== undefined) outcome.created -= 1;
}

/** Makes the ticket, or says in the outcome why it can't be. */
async function makeTicket(piece: Piece, row: DraftRow<TicketDraft>, stage: Stage): Promise<'refused' | undefined> {
  const { ctx, run, outcome } = piece;
  const { draft } = row;
  const company = piece.companies.of(mentionOf(row));
  const { found, missing } = contactsOf(piece.contacts, draft);
  const { values, remarks } = await run.properties.valuesOf(ctx, draft.properties);
  for (const note of remarks) remark(outcome, row.row, note);
  const [contact] = found[0] === undefined ? [] : await listContacts(ctx.db, [found[0]]);
  try {
    const { id } = await inSavepoint(ctx, async () => {
      const ticket = await importTicket(ctx, {
        subject: draft.subject,
        description: draft.description,
        contactId: contact?.id ?? null,
        companyId: company?.id ?? contact?.company_id ?? null,
        stageId: stage.id,
        ...(draft.priority === null ? {} : { priority: draft.priority }),
        category: draft.category,
        assigneeId: draft.assigneeId,
        ...(draft.createdAt === null ? {} : { createdAt: draft.createdAt }),
        ...(draft.lastActivityAt === null ? {} : { lastActivityAt: draft.lastActivityAt }),
        closedAt: draft.closedAt,
      });
      await savePropertyValuesOf(ctx, ticket.id, values);
      return ticket;
    });
    piece.byId.set(identityOf(draft), id);
    await insertExternalIds(ctx.db, [{ source: run.source, object: 'ticket', external_id: identityOf(draft), record_id: id }]);
    await insertImportedRows(ctx.db, [
      { batch_id: run.batchId, row_number: row.row.number, record_kind: 'ticket', record_id: id, action: 'created', before: null },
    ]);
    await rememberLinks(ctx, run, [
      { kind: 'ticket', id, waitsFor: 'contact', externalIds: found.length === 0 ? missing.slice(0, 1) : [] },
      { kind: 'ticket', id, waitsFor: 'company', externalIds: company === undefined ? draft.company.ids.slice(0, 1) : [] },
    ]);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    refuse(outcome, row.row, { column: error.fields[0]?.path ?? '', message: error.fields[0]?.message ?? error.message });
    return 'refused';
  }
}

/** What an import writes of a ticket, and undoing restores. */
type TicketFields = Readonly<Record<'subject' | 'stageId' | 'priority' | 'category' | 'assigneeId' | 'contactId' | 'companyId', string | null>>;
export type TicketState = TicketFields & { readonly updatedAt: string };

export async function readTicketState(ctx: Context, id: string): Promise<TicketState | undefined> {
  const [row] = await listTickets(ctx.db, [id]);
  if (row === undefined) return undefined;
  return {
    subject: row.subject,
    stageId: row.stage_id,
    priority: row.priority,
    category: row.category,
    assigneeId: row.assignee_id,
    contactId: row.contact_id,
    companyId: row.company_id,
    updatedAt: row.updated_at,
  };
}

async function updateExisting(
  piece: Piece,
  { row, draft }: DraftRow<TicketDraft>,
  { id, ours, stage }: { readonly id: string; readonly ours: TicketState; readonly stage: Stage | null },
): Promise<void> {
  const { ctx, run, outcome } = piece;
  const policy = run.options.onExisting;
  const theirs: TicketFields = {
    subject: draft.subject,
    stageId: draft.stage === '' ? null : (stage?.id ?? null),
    priority: draft.priority,
    category: draft.category,
    assigneeId: draft.assigneeId,
    contactId: contactsOf(piece.contacts, draft).found[0] ?? null,
    companyId: piece.companies.of(mentionOf({ row, draft }))?.id ?? null,
  };
  const patch: Record<string, string | null> = {};
  const fields: Record<string, readonly [string | null, string | null]> = {};
  for (const field of Object.keys(theirs) as (keyof TicketFields)[]) {
    const value = chosenValue<string | null>(policy, ours[field], theirs[field]);
    if (value === undefined) continue;
    patch[field] = value;
    fields[field] = [ours[field], value];
  }
  const { values, remarks } = await run.properties.valuesOf(ctx, draft.properties);
  for (const note of remarks) remark(outcome, row, note);
  const known = new Map((await listPropertyValues(ctx.db, [id])).map((value) => [value.property_id, value.value]));
  const changedValues = values.filter(({ propertyId, value }) => chosenValue<string | null>(policy, known.get(propertyId) ?? '', value) !== undefined);
  for (const { propertyId, value } of changedValues) fields[`value:${propertyId}`] = [known.get(propertyId) ?? '', value];

  const isChanged = Object.keys(fields).length > 0;
  outcome[isChanged ? 'updated' : 'unchanged'] += 1;
  if (!isChanged || run.isDryRun) return;
  try {
    await inSavepoint(ctx, async () => {
      await savePropertyValuesOf(ctx, id, changedValues);
      // A contact brings their company along, so the company is always named with them.
      await changeImportedTicket(ctx, id, { ...(patch['contactId'] === undefined ? {} : { companyId: ours.companyId }), ...patch });
    });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    outcome.updated -= 1;
    refuse(outcome, row, { column: error.fields[0]?.path ?? '', message: error.fields[0]?.message ?? error.message });
    return;
  }
  await insertImportedRows(ctx.db, [
    {
      batch_id: run.batchId,
      row_number: row.number,
      record_kind: 'ticket',
      record_id: id,
      action: 'updated',
      before: JSON.stringify({ updatedAt: ours.updatedAt, fields }),
    },
  ]);
}
