import { setImmediate as breathe } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { addContacts, type NewContact } from '../people/bulk-people.service.ts';
import { resolveCompanies, type Companies, type KnownCompany, type Mention } from './company-references.service.ts';
import { contactChange, readContactStates, writeContactChange, type ContactState, type Incoming } from './contact-updates.service.ts';
import { contactDraft, readDraftNumbers, type ContactDraft, type DraftNumbers } from './drafts.ts';
import { draftRows, emptyOutcome, refuse, remark, type DraftRow, type Importer, type Outcome, type Replaced, type Run } from './import-run.ts';
import { insertExternalIds, insertImportedRows, listContactsByEmail, listExternalIds } from './imports.queries.ts';
import { rememberLinks, settleLinks } from './links.service.ts';

// Contacts come by the hundred thousand, so they are looked up and written in pieces of a few hundred. A contact is known
// by the foreign id, else by e-mail, else by all that the row says.

interface ContactRow extends DraftRow<ContactDraft> {
  readonly company: KnownCompany | undefined;
  readonly numbers: readonly DraftNumbers[];
  readonly country: string;
}

/** What the database knows of the rows' identities. */
interface Known {
  readonly byId: ReadonlyMap<string, string>;
  readonly byEmail: ReadonlyMap<string, string>;
}

/** A contact that this piece makes or changes, with what later rows of the piece add. */
interface Placed {
  readonly id: string;
  readonly isNew: boolean;
  row: ContactRow;
  rowCount: number;
  readonly externalIds: Set<string>;
  /** False where another contact has the address. */
  mayHaveEmail: boolean;
}

function idsOf({ draft }: DraftRow<ContactDraft>): string[] {
  return [draft.externalId, draft.fingerprint].filter((id) => id !== null);
}

async function lookUp(ctx: Context, run: Run, rows: readonly DraftRow<ContactDraft>[]): Promise<Known> {
  const ids = [...new Set(rows.flatMap(idsOf))];
  const emails = [...new Set(rows.map(({ draft }) => draft.email).filter((email) => email !== null))];
  const links = ids.length === 0 ? [] : await listExternalIds(ctx.db, { source: run.source, object: 'contact', ids });
  const contacts = emails.length === 0 ? [] : await listContactsByEmail(ctx.db, emails);
  return {
    byId: new Map(links.map((link) => [link.external_id, link.record_id])),
    byEmail: new Map(contacts.map((contact) => [contact.email ?? '', contact.id])),
  };
}

function mentionOf({ row, draft }: DraftRow<ContactDraft>): Mention {
  return { rowNumber: row.number, reference: draft.company, email: draft.email };
}

const rowsBetweenBreaths = 40;

/** Reads the rows' numbers, which takes the most time of all, letting others in between. */
async function readRows(run: Run, drafts: readonly DraftRow<ContactDraft>[], companies: Companies): Promise<ContactRow[]> {
  const rows: ContactRow[] = [];
  for (const [index, entry] of drafts.entries()) {
    if (index % rowsBetweenBreaths === 0) await breathe();
    const company = companies.of(mentionOf(entry));
    const country = entry.draft.country ?? company?.country ?? run.tools.country;
    rows.push({ ...entry, company, country, numbers: readDraftNumbers(entry.draft, country) });
  }
  return rows;
}

function unreadableIn(numbers: readonly DraftNumbers[]): number {
  return numbers.flatMap((number) => number.reads).filter((read) => read.kind === 'unreadable').length;
}

/** Fills what an earlier row of the same contact left empty, or takes the later values. */
function merged(run: Run, earlier: ContactRow, later: ContactRow): ContactRow {
  const [strong, weak] = run.options.onExisting === 'take-theirs' ? [later, earlier] : [earlier, later];
  const draft = { ...strong.draft, properties: { ...weak.draft.properties, ...strong.draft.properties } } as Record<string, unknown>;
  for (const [field, value] of Object.entries(weak.draft)) if (draft[field] === '' || draft[field] === null) draft[field] = value;
  const fields = new Map([...weak.numbers, ...strong.numbers].map((number) => [number.field, number]));
  return {
    row: earlier.row,
    draft: draft as unknown as ContactDraft, // Every field is from one draft or the other.
    company: strong.company ?? weak.company,
    country: strong.country,
    numbers: [...fields.values()],
  };
}

/** One piece of an import of contacts. */
export const importContacts: Importer = async (ctx, run, csvRows) => {
  const outcome = emptyOutcome();
  const drafts = await draftRows(run, csvRows, { outcome, draft: (cells) => contactDraft(cells, run.tools) });
  const rows = await readRows(run, drafts, await resolveCompanies(ctx, run, drafts.map(mentionOf)));
  const known = await lookUp(ctx, run, drafts);
  const states = await readContactStates(ctx, [...new Set([...known.byId.values(), ...known.byEmail.values()])]);
  const piece: Piece = { ctx, run, outcome, known, states, placed: [], byIdentity: new Map(), byRecord: new Map() };
  for (const row of rows) {
    outcome.unreadableNumbers += unreadableIn(row.numbers);
    placeRow(piece, row);
  }
  for (const placed of piece.placed) if (!placed.isNew) await updateExisting(piece, placed);
  await writeNewcomers(
    piece,
    piece.placed.filter((placed) => placed.isNew),
  );
  return outcome;
};

interface Piece {
  readonly ctx: Context;
  readonly run: Run;
  readonly outcome: Outcome;
  readonly known: Known;
  readonly states: ReadonlyMap<string, ContactState>;
  readonly placed: Placed[];
  /** Newcomers by every identity they have. */
  readonly byIdentity: Map<string, Placed>;
  readonly byRecord: Map<string, Placed>;
}

function identities({ draft }: ContactRow): string[] {
  const ids = [draft.externalId, draft.fingerprint].filter((id) => id !== null);
  return [...ids.map((id) => `id ${id}`), ...(draft.email === null ? [] : [`mail ${draft.email}`])];
}

/** Decides what a row is: somebody new, somebody met before in this piece, or somebody who is there already. */
function placeRow(piece: Piece, row: ContactRow): void {
  const { known, states, byIdentity, byRecord } = piece;
  const byId = idsOf(row)
    .map((id) => known.byId.get(id))
    .find((id) => id !== undefined && states.has(id));
  const byEmail = row.draft.email === null ? undefined : known.byEmail.get(row.draft.email);
  const existing = byId ?? byEmail;
  const mayHaveEmail = existing === undefined || byEmail === undefined || byEmail === existing;
  const met =
    existing === undefined
      ? identities(row)
          .map((identity) => byIdentity.get(identity))
          .find((found) => found !== undefined)
      : byRecord.get(existing);
  if (met !== undefined) addRow(piece, met, { row, mayHaveEmail });
  else if (existing === undefined) placeNewcomer(piece, row);
  else {
    const placed = { id: existing, isNew: false, row, rowCount: 1, externalIds: new Set(idsOf(row)), mayHaveEmail };
    byRecord.set(existing, placed);
    piece.placed.push(placed);
  }
}

function addRow({ run, outcome, byIdentity }: Piece, met: Placed, { row, mayHaveEmail }: { readonly row: ContactRow; readonly mayHaveEmail: boolean }): void {
  met.row = merged(run, met.row, row);
  met.rowCount += 1;
  met.mayHaveEmail = met.mayHaveEmail && mayHaveEmail;
  for (const id of idsOf(row)) met.externalIds.add(id);
  if (!met.isNew) return;
  for (const identity of identities(row)) byIdentity.set(identity, met);
  outcome.updated += 1;
}

function placeNewcomer({ run, outcome, byIdentity, placed }: Piece, row: ContactRow): void {
  // A dry run makes nobody, so it remembers whom it would have made.
  if (run.isDryRun && identities(row).some((identity) => run.seen.has(identity))) {
    outcome.updated += 1;
    return;
  }
  const newcomer = { id: newId(), isNew: true, row, rowCount: 1, externalIds: new Set(idsOf(row)), mayHaveEmail: true };
  for (const identity of identities(row)) {
    byIdentity.set(identity, newcomer);
    if (run.isDryRun) run.seen.add(identity);
  }
  placed.push(newcomer);
  outcome.created += 1;
}

async function updateExisting(piece: Piece, { id, row, rowCount, externalIds, mayHaveEmail }: Placed): Promise<void> {
  const { ctx, run, outcome, states } = piece;
  const ours = states.get(id);
  if (ours === undefined) return;
  if (!mayHaveEmail) remark(outcome, row.row, { column: 'email', message: `Another contact has the address ${row.draft.email ?? ''}; it was left out.` });
  const { values, remarks } = await run.properties.valuesOf(ctx, row.draft.properties);
  for (const note of remarks) remark(outcome, row.row, note);
  const incoming: Incoming = { draft: row.draft, companyId: row.company?.id ?? null, numbers: row.numbers, country: row.country, values, mayHaveEmail };
  const change = contactChange(run, ours, incoming);
  const problem = change === undefined || run.isDryRun ? undefined : await writeContactChange(ctx, id, change);
  if (problem !== undefined) {
    refuse(outcome, row.row, problem);
    return;
  }
  outcome[change === undefined ? 'unchanged' : 'updated'] += rowCount;
  if (run.isDryRun) return;
  const newIds = [...externalIds].filter((externalId) => !piece.known.byId.has(externalId));
  await noteUpdate(piece, row, {
    id,
    replaced: { updatedAt: ours.updatedAt, ...(change === undefined ? {} : { fields: change.replaced }), externalIds: newIds },
  });
  await linkCompanyLater(piece, row, id);
}

async function noteUpdate({ ctx, run }: Piece, row: ContactRow, { id, replaced }: { readonly id: string; readonly replaced: Replaced }): Promise<void> {
  const externalIds = replaced.externalIds ?? [];
  if (replaced.fields === undefined && externalIds.length === 0) return;
  await insertExternalIds(
    ctx.db,
    externalIds.map((externalId) => ({ source: run.source, object: 'contact', external_id: externalId, record_id: id })),
  );
  await insertImportedRows(ctx.db, [
    { batch_id: run.batchId, row_number: row.row.number, record_kind: 'contact', record_id: id, action: 'updated', before: JSON.stringify(replaced) },
  ]);
  if (row.draft.externalId !== null && externalIds.includes(row.draft.externalId)) {
    await settleLinks(ctx, run, { object: 'contact', records: [{ id, externalId: row.draft.externalId }] });
  }
}

/** A company that is named by an id nobody has yet comes with a later file. */
async function linkCompanyLater({ ctx, run }: Piece, { draft, company }: ContactRow, id: string): Promise<void> {
  if (company !== undefined || draft.company.ids.length === 0) return;
  await rememberLinks(ctx, run, [{ kind: 'contact', id, waitsFor: 'company', externalIds: draft.company.ids.slice(0, 1) }]);
}

async function newContact({ ctx, run, outcome }: Piece, { id, row }: Placed): Promise<NewContact> {
  const { draft, company, numbers } = row;
  const { values, remarks } = await run.properties.valuesOf(ctx, draft.properties);
  for (const note of remarks) remark(outcome, row.row, note);
  const createdAt = draft.createdAt ?? draft.lastActivityAt ?? run.stamp;
  // Numbers of another country than the desk's stay readable when the contact is edited.
  const isForeign = numbers.length > 0 && draft.country === null && (company?.country ?? null) === null && row.country !== run.homeCountry;
  return {
    id,
    firstName: draft.firstName,
    lastName: draft.lastName,
    email: draft.email,
    companyId: company?.id ?? null,
    jobTitle: draft.jobTitle,
    language: draft.language,
    country: isForeign ? row.country : draft.country,
    ownerAgentId: draft.ownerAgentId,
    createdAt,
    updatedAt: run.stamp,
    lastActivityAt: draft.lastActivityAt ?? createdAt,
    numbers,
    numbersCountry: row.country,
    propertyValues: values,
  };
}

async function writeNewcomers(piece: Piece, made: readonly Placed[]): Promise<void> {
  const { ctx, run } = piece;
  const contacts: NewContact[] = [];
  for (const [index, newcomer] of made.entries()) {
    if (index % 100 === 0) await breathe();
    contacts.push(await newContact(piece, newcomer));
  }
  if (run.isDryRun || made.length === 0) return;
  await addContacts(ctx, contacts);
  await breathe();
  await insertExternalIds(
    ctx.db,
    made.flatMap(({ id, externalIds }) =>
      [...externalIds].map((externalId) => ({ source: run.source, object: 'contact', external_id: externalId, record_id: id })),
    ),
  );
  await insertImportedRows(
    ctx.db,
    made.map(({ id, row }) => ({ batch_id: run.batchId, row_number: row.row.number, record_kind: 'contact', record_id: id, action: 'created', before: null })),
  );
  await rememberLinks(
    ctx,
    run,
    made.flatMap(({ id, row: { draft, company } }) =>
      company !== undefined || draft.company.ids.length === 0
        ? []
        : [{ kind: 'contact' as const, id, waitsFor: 'company' as const, externalIds: draft.company.ids.slice(0, 1) }],
    ),
  );
  await settleLinks(ctx, run, {
    object: 'contact',
    records: made.flatMap(({ id, row: { draft } }) => (draft.externalId === null ? [] : [{ id, externalId: draft.externalId }])),
  });
}
