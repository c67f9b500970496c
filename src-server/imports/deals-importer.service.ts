import { setImmediate as breathe } from 'node:timers/promises';
import { inSavepoint } from '../database/savepoint.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { addContactsToDeals, addDeals, savePropertyValuesOf, type NewDeal } from '../people/bulk-people.service.ts';
import { changeDeal } from '../people/deals.service.ts';
import type { DealPatch } from '../people/people.contract.ts';
import { resolveCompanies, type Companies } from './company-references.service.ts';
import { dealDraft, type DealDraft } from './drafts.ts';
import { chosenValue, draftRows, emptyOutcome, refuse, remark, type DraftRow, type Importer, type Outcome, type Run } from './import-run.ts';
import {
  insertExternalIds,
  insertImportedRows,
  listContactsByEmail,
  listDealContacts,
  listDeals,
  listExternalIds,
  listPropertyValues,
} from './imports.queries.ts';
import { rememberLinks, type WaitingLink } from './links.service.ts';
import { usualCurrency } from './values.ts';

/** Contacts that rows name by foreign id or e-mail. */
export interface NamedContacts {
  readonly byId: ReadonlyMap<string, string>;
  readonly byEmail: ReadonlyMap<string, string>;
}

interface NamesContacts {
  readonly contactIds: readonly string[];
  readonly contactEmails: readonly string[];
}

export async function findNamedContacts(ctx: Context, run: Run, drafts: readonly NamesContacts[]): Promise<NamedContacts> {
  const ids = [...new Set(drafts.flatMap((draft) => draft.contactIds))];
  const emails = [...new Set(drafts.flatMap((draft) => draft.contactEmails))];
  const links = ids.length === 0 ? [] : await listExternalIds(ctx.db, { source: run.source, object: 'contact', ids });
  const contacts = emails.length === 0 ? [] : await listContactsByEmail(ctx.db, emails);
  return {
    byId: new Map(links.map((link) => [link.external_id, link.record_id])),
    byEmail: new Map(contacts.map((contact) => [contact.email ?? '', contact.id])),
  };
}

/** The contacts a row names, and the ids among them that nobody has yet. */
export function contactsOf({ byId, byEmail }: NamedContacts, draft: NamesContacts): { readonly found: string[]; readonly missing: string[] } {
  const found = draft.contactIds.map((id) => byId.get(id)).filter((id) => id !== undefined);
  const byMail = found.length > 0 ? [] : draft.contactEmails.map((email) => byEmail.get(email)).filter((id) => id !== undefined);
  const isFoundByMail = byMail.length > 0;
  return { found: [...new Set([...found, ...byMail])], missing: isFoundByMail ? [] : draft.contactIds.filter((id) => !byId.has(id)) };
}

interface Piece {
  readonly ctx: Context;
  readonly run: Run;
  readonly outcome: Outcome;
  readonly byId: ReadonlyMap<string, string>;
  readonly companies: Companies;
  readonly contacts: NamedContacts;
  readonly made: Map<string, NewDeal & { readonly row: DraftRow<DealDraft>; readonly links: WaitingLink[] }>;
}

function identityOf(draft: DealDraft): string {
  return draft.externalId ?? draft.fingerprint ?? draft.name;
}

/** One piece of an import of deals. */
export const importDeals: Importer = async (ctx, run, csvRows) => {
  const outcome = emptyOutcome();
  const rows = await draftRows(run, csvRows, { outcome, draft: dealDraft });
  const ids = rows.map(({ draft }) => identityOf(draft));
  const links = ids.length === 0 ? [] : await listExternalIds(ctx.db, { source: run.source, object: 'deal', ids });
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
    made: new Map(),
  };
  for (const [index, row] of rows.entries()) {
    if (index % 40 === 0) await breathe();
    await placeRow(piece, row);
  }
  await writeNewcomers(piece);
  return outcome;
};

function mentionOf({ row, draft }: DraftRow<DealDraft>) {
  return { rowNumber: row.number, reference: draft.company, email: draft.contactEmails[0] ?? null };
}

async function placeRow(piece: Piece, row: DraftRow<DealDraft>): Promise<void> {
  const { ctx, run, outcome } = piece;
  const identity = identityOf(row.draft);
  const existing = piece.byId.get(identity);
  const [deal] = existing === undefined ? [] : await listDeals(ctx.db, [existing]);
  if (deal !== undefined) {
    await updateExisting(piece, row, deal.id);
    return;
  }
  if (piece.made.has(identity) || run.seen.has(identity)) {
    outcome.unchanged += 1;
    return;
  }
  outcome.created += 1;
  if (run.isDryRun) run.seen.add(identity);
  piece.made.set(identity, await newDeal(piece, row));
}

function currencyOf(run: Run, draft: DealDraft): string | null {
  if (draft.amount === null) return null;
  if (draft.currency !== null) return draft.currency;
  const currency = usualCurrency(run.homeCountry);
  run.notes.add(`Amounts without a currency are taken to be in ${currency}.`);
  return currency;
}

async function newDeal(piece: Piece, row: DraftRow<DealDraft>) {
  const { ctx, run, outcome } = piece;
  const { draft } = row;
  const { values, remarks } = await run.properties.valuesOf(ctx, draft.properties);
  for (const note of remarks) remark(outcome, row.row, note);
  const company = piece.companies.of(mentionOf(row));
  const { found, missing } = contactsOf(piece.contacts, draft);
  const id = newId();
  const links: WaitingLink[] = [{ kind: 'deal', id, waitsFor: 'contact', externalIds: missing }];
  if (company === undefined) links.push({ kind: 'deal', id, waitsFor: 'company', externalIds: draft.company.ids.slice(0, 1) });
  return {
    row,
    links,
    id,
    name: draft.name,
    amount: draft.amount,
    currency: currencyOf(run, draft),
    stage: draft.stage,
    isOpen: draft.isOpen,
    companyId: company?.id ?? null,
    contactIds: found,
    closeDate: draft.closeDate,
    createdAt: draft.createdAt ?? run.stamp,
    updatedAt: run.stamp,
    propertyValues: values,
  };
}

async function writeNewcomers({ ctx, run, made }: Piece): Promise<void> {
  if (run.isDryRun || made.size === 0) return;
  const deals = [...made.values()];
  await addDeals(ctx, deals);
  await insertExternalIds(
    ctx.db,
    deals.map(({ id, row }) => ({ source: run.source, object: 'deal', external_id: identityOf(row.draft), record_id: id })),
  );
  await insertImportedRows(
    ctx.db,
    deals.map(({ id, row }) => ({ batch_id: run.batchId, row_number: row.row.number, record_kind: 'deal', record_id: id, action: 'created', before: null })),
  );
  await rememberLinks(
    ctx,
    run,
    deals.flatMap((deal) => deal.links),
  );
}

/** The state of a deal as an import writes and undoing restores it. */
export async function readDealState(ctx: Context, id: string): Promise<Record<string, string | null> | undefined> {
  const [row] = await listDeals(ctx.db, [id]);
  if (row === undefined) return undefined;
  return {
    name: row.name,
    amount: row.amount,
    currency: row.currency,
    stage: row.stage,
    isOpen: row.is_open === 1 ? 'open' : 'closed',
    updatedAt: row.updated_at,
    companyId: row.company_id,
    closeDate: row.close_date,
  };
}

/** Fields in the words of a deal's patch. */
export function dealPatch(fields: Readonly<Record<string, string | null>>, now: Readonly<Record<string, string | null>>): DealPatch {
  const { name, stage, companyId, closeDate } = fields;
  const touchesValue = fields['amount'] !== undefined || fields['currency'] !== undefined;
  const [amount, currency] = [
    fields['amount'] === undefined ? now['amount'] : fields['amount'],
    fields['currency'] === undefined ? now['currency'] : fields['currency'],
  ];
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(stage === undefined ? {} : { stage }),
    ...(companyId === undefined ? {} : { companyId }),
    ...(closeDate === undefined ? {} : { closeDate }),
    ...(fields['isOpen'] === undefined ? {} : { isOpen: fields['isOpen'] === 'open' }),
    ...(touchesValue ? { value: typeof amount === 'string' && typeof currency === 'string' ? { amount, currency } : null } : {}),
  };
}

async function updateExisting(piece: Piece, { row, draft }: DraftRow<DealDraft>, id: string): Promise<void> {
  const { ctx, run, outcome } = piece;
  const ours = await readDealState(ctx, id);
  if (ours === undefined) return;
  const policy = run.options.onExisting;
  const theirs: Record<string, string | null> = {
    name: draft.name,
    amount: draft.amount,
    currency: currencyOf(run, draft),
    stage: draft.stage,
    isOpen: draft.stage === null ? null : (draft.isOpen && 'open') || 'closed',
    companyId: piece.companies.of(mentionOf({ row, draft }))?.id ?? null,
    closeDate: draft.closeDate,
  };
  const fields: Record<string, readonly [string | null, string | null]> = {};
  const patch: Record<string, string | null> = {};
  for (const [field, value] of Object.entries(theirs)) {
    const chosen = chosenValue<string | null>(policy, ours[field] ?? null, value);
    if (chosen === undefined) continue;
    patch[field] = chosen;
    fields[field] = [ours[field] ?? null, chosen];
  }
  const { values, remarks } = await run.properties.valuesOf(ctx, draft.properties);
  for (const note of remarks) remark(outcome, row, note);
  const known = new Map((await listPropertyValues(ctx.db, [id])).map((value) => [value.property_id, value.value]));
  const changedValues = values.filter(({ propertyId, value }) => chosenValue<string | null>(policy, known.get(propertyId) ?? '', value) !== undefined);
  for (const { propertyId, value } of changedValues) fields[`value:${propertyId}`] = [known.get(propertyId) ?? '', value];
  const linked = new Set((await listDealContacts(ctx.db, [id])).map((link) => link.contact_id));
  const contactIds = contactsOf(piece.contacts, draft).found.filter((contactId) => !linked.has(contactId));
  if (contactIds.length > 0) fields['contacts'] = [null, contactIds.join(' ')];

  const isChanged = Object.keys(fields).length > 0;
  outcome[isChanged ? 'updated' : 'unchanged'] += 1;
  if (!isChanged || run.isDryRun) return;
  try {
    await inSavepoint(ctx, async () => {
      await savePropertyValuesOf(ctx, id, changedValues);
      await addContactsToDeals(
        ctx,
        contactIds.map((contactId) => ({ dealId: id, contactId })),
      );
      await changeDeal(ctx, id, dealPatch(patch, ours));
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
      record_kind: 'deal',
      record_id: id,
      action: 'updated',
      before: JSON.stringify({ updatedAt: ours['updatedAt'], fields }),
    },
  ]);
}
