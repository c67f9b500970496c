import { setImmediate as breathe } from 'node:timers/promises';
import { InvalidInput } from '../kernel/app-error.ts';
import { inSavepoint } from '../database/savepoint.ts';
import type { Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { addCompanies, changeOwner, savePropertyValuesOf, type NewCompany } from '../people/bulk-people.service.ts';
import { patchCompany } from '../people/companies.service.ts';
import { numbersOf } from '../phone-numbers/phone-numbers.service.ts';
import { companyDraft, readDraftNumbers, type CompanyDraft, type DraftNumbers } from './drafts.ts';
import { chosenValue, draftRows, emptyOutcome, refuse, remark, type DraftRow, type Importer, type Outcome, type Replaced, type Run } from './import-run.ts';
import {
  insertExternalIds,
  insertImportedRows,
  listCompanies,
  listCompaniesByDomain,
  listCompaniesByName,
  listExternalIds,
  listExternalIdsOf,
  listPropertyValues,
} from './imports.queries.ts';
import { settleLinks } from './links.service.ts';

// A company is known by the foreign id, else by its domain, else by its name. Two that have ids of their own in the other
// program are two, even where domain or name are the same.

interface CompanyRow extends DraftRow<CompanyDraft> {
  readonly numbers: readonly DraftNumbers[];
  readonly country: string;
}

export interface CompanyState {
  readonly name: string;
  readonly domain: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly ownerAgentId: string | null;
  readonly phone: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly updatedAt: string;
}

interface Newcomer {
  readonly id: string;
  readonly row: CompanyRow;
}

interface Piece {
  readonly ctx: Context;
  readonly run: Run;
  readonly outcome: Outcome;
  readonly byId: ReadonlyMap<string, string>;
  readonly byDomain: ReadonlyMap<string, string>;
  readonly byName: ReadonlyMap<string, string>;
  /** Companies that have another id in the other program. */
  readonly taken: ReadonlySet<string>;
  readonly newcomers: Map<string, Newcomer>;
  readonly made: Newcomer[];
}

export async function readCompanyStates(ctx: Context, ids: readonly string[]): Promise<Map<string, CompanyState>> {
  if (ids.length === 0) return new Map();
  const numbers = await numbersOf(ctx, 'company', ids);
  const values = Map.groupBy(await listPropertyValues(ctx.db, ids), (row) => row.record_id);
  return new Map(
    (await listCompanies(ctx.db, ids)).map((row) => [
      row.id,
      {
        name: row.name,
        domain: row.domain,
        country: row.country,
        city: row.city,
        ownerAgentId: row.owner_agent_id,
        phone: [...new Set((numbers.get(row.id) ?? []).filter((number) => number.field === 'phone').map((number) => number.raw))].join('; '),
        updatedAt: row.updated_at,
        properties: new Map((values.get(row.id) ?? []).map((value) => [value.property_id, value.value])),
      },
    ]),
  );
}

async function lookUp(ctx: Context, run: Run, drafts: readonly CompanyDraft[]): Promise<Pick<Piece, 'byId' | 'byDomain' | 'byName' | 'taken'>> {
  const ids = drafts.map((draft) => draft.externalId).filter((id) => id !== null);
  const domains = [...new Set(drafts.map((draft) => draft.domain).filter((domain) => domain !== null))];
  const names = [...new Set(drafts.map((draft) => draft.name))];
  const links = ids.length === 0 ? [] : await listExternalIds(ctx.db, { source: run.source, object: 'company', ids });
  const ofDomain = domains.length === 0 ? [] : await listCompaniesByDomain(ctx.db, domains);
  const ofName = names.length === 0 ? [] : await listCompaniesByName(ctx.db, names);
  const found = [...ofDomain, ...ofName].map((row) => row.id);
  const foundLinks = found.length === 0 ? [] : await listExternalIdsOf(ctx.db, found);
  return {
    byId: new Map(links.map((link) => [link.external_id, link.record_id])),
    byDomain: new Map(ofDomain.toReversed().map((row) => [row.domain ?? '', row.id])),
    byName: new Map(ofName.toReversed().map((row) => [row.name.toLowerCase(), row.id])),
    taken: new Set(foundLinks.filter((link) => link.source === run.source).map((link) => link.record_id)),
  };
}

/** One piece of an import of companies. */
export const importCompanies: Importer = async (ctx, run, csvRows) => {
  const outcome = emptyOutcome();
  const drafts = await draftRows(run, csvRows, { outcome, draft: (cells) => companyDraft(cells, run.tools) });
  const known = await lookUp(
    ctx,
    run,
    drafts.map(({ draft }) => draft),
  );
  const piece: Piece = { ctx, run, outcome, ...known, newcomers: new Map(), made: [] };
  for (const [index, entry] of drafts.entries()) {
    if (index % 40 === 0) await breathe();
    const country = entry.draft.country ?? run.tools.country;
    const row = { ...entry, country, numbers: readDraftNumbers(entry.draft, country) };
    outcome.unreadableNumbers += row.numbers.flatMap((number) => number.reads).filter((read) => read.kind === 'unreadable').length;
    await placeRow(piece, row);
  }
  await writeNewcomers(piece);
  return outcome;
};

function identities({ draft }: CompanyRow): string[] {
  if (draft.externalId !== null) return [`id ${draft.externalId}`];
  return draft.domain === null ? [`name ${draft.name.toLowerCase()}`] : [`domain ${draft.domain}`];
}

function existingOf({ byId, byDomain, byName, taken }: Piece, { draft }: CompanyRow): string | undefined {
  const own = draft.externalId === null ? undefined : byId.get(draft.externalId);
  if (own !== undefined) return own;
  const namesake = (draft.domain === null ? undefined : byDomain.get(draft.domain)) ?? byName.get(draft.name.toLowerCase());
  const isAnother = namesake !== undefined && draft.externalId !== null && taken.has(namesake);
  return isAnother ? undefined : namesake;
}

async function placeRow(piece: Piece, row: CompanyRow): Promise<void> {
  const { run, outcome, newcomers } = piece;
  const newcomer = identities(row)
    .map((identity) => newcomers.get(identity))
    .find((found) => found !== undefined);
  if (newcomer !== undefined || identities(row).some((identity) => run.seen.has(identity))) {
    // The first row of a company in one piece is the one that counts; later rows are the same company again.
    outcome.unchanged += 1;
    return;
  }
  const existing = existingOf(piece, row);
  if (existing !== undefined) {
    await updateExisting(piece, row, existing);
    return;
  }
  const made = { id: newId(), row };
  for (const identity of identities(row)) {
    newcomers.set(identity, made);
    if (run.isDryRun) run.seen.add(identity);
  }
  piece.made.push(made);
  outcome.created += 1;
}

const patchable = ['name', 'domain', 'country', 'city', 'phone'] as const;

async function updateExisting(piece: Piece, row: CompanyRow, id: string): Promise<void> {
  const { ctx, run, outcome } = piece;
  const ours = (await readCompanyStates(ctx, [id])).get(id);
  if (ours === undefined) return;
  const { draft } = row;
  const policy = run.options.onExisting;
  const { values, remarks } = await run.properties.valuesOf(ctx, draft.properties);
  for (const note of remarks) remark(outcome, row.row, note);
  const phone = [...new Set(row.numbers.flatMap((number) => number.reads).map((read) => read.raw))].join('; ');
  const theirs = { name: draft.name, domain: draft.domain, country: draft.country, city: draft.city, phone };
  const patch: Record<string, string | null> = {};
  const fields: Record<string, readonly [unknown, unknown]> = {};
  for (const field of patchable) {
    const value = chosenValue<string | null>(policy, ours[field], theirs[field]);
    if (value === undefined) continue;
    patch[field] = value;
    fields[field] = [ours[field], value];
  }
  const owner = chosenValue(policy, ours.ownerAgentId, draft.ownerAgentId);
  if (typeof owner === 'string') fields['ownerAgentId'] = [ours.ownerAgentId, owner];
  const changedValues = values.filter(
    ({ propertyId, value }) => chosenValue<string | null>(policy, ours.properties.get(propertyId) ?? '', value) !== undefined,
  );
  for (const { propertyId, value } of changedValues) fields[`value:${propertyId}`] = [ours.properties.get(propertyId) ?? '', value];

  const isChanged = Object.keys(fields).length > 0;
  if (isChanged && !run.isDryRun) {
    try {
      await inSavepoint(ctx, async () => {
        await savePropertyValuesOf(ctx, id, changedValues);
        if (typeof owner === 'string') await changeOwner(ctx, 'companies', { id, agentId: owner });
        await patchCompany(ctx, id, patch);
      });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      refuse(outcome, row.row, { column: error.fields[0]?.path ?? '', message: error.fields[0]?.message ?? error.message });
      return;
    }
  }
  outcome[isChanged ? 'updated' : 'unchanged'] += 1;
  if (!run.isDryRun) await noteUpdate(piece, row, { id, replaced: isChanged ? { updatedAt: ours.updatedAt, fields } : {} });
}

async function noteUpdate(
  { ctx, run, byId }: Piece,
  { row, draft }: CompanyRow,
  { id, replaced }: { readonly id: string; readonly replaced: Replaced },
): Promise<void> {
  const externalIds = draft.externalId === null || byId.has(draft.externalId) ? [] : [draft.externalId];
  if (replaced.fields === undefined && externalIds.length === 0) return;
  await insertExternalIds(
    ctx.db,
    externalIds.map((externalId) => ({ source: run.source, object: 'company', external_id: externalId, record_id: id })),
  );
  await insertImportedRows(ctx.db, [
    {
      batch_id: run.batchId,
      row_number: row.number,
      record_kind: 'company',
      record_id: id,
      action: 'updated',
      before: JSON.stringify({ ...replaced, externalIds }),
    },
  ]);
  await settleLinks(ctx, run, { object: 'company', records: externalIds.map((externalId) => ({ id, externalId })) });
}

async function writeNewcomers({ ctx, run, outcome, made }: Piece): Promise<void> {
  const companies: NewCompany[] = [];
  for (const { id, row } of made) {
    const { draft, numbers } = row;
    const { values, remarks } = await run.properties.valuesOf(ctx, draft.properties);
    for (const note of remarks) remark(outcome, row.row, note);
    const createdAt = draft.createdAt ?? draft.lastActivityAt ?? run.stamp;
    companies.push({
      id,
      name: draft.name,
      domain: draft.domain,
      city: draft.city,
      country: draft.country ?? (numbers.length > 0 && row.country !== run.homeCountry ? row.country : null),
      ownerAgentId: draft.ownerAgentId,
      createdAt,
      updatedAt: run.stamp,
      lastActivityAt: draft.lastActivityAt ?? createdAt,
      numbers,
      numbersCountry: row.country,
      propertyValues: values,
    });
  }
  if (run.isDryRun || made.length === 0) return;
  await addCompanies(ctx, companies);
  const withIds = made.flatMap(({ id, row }) => (row.draft.externalId === null ? [] : [{ id, externalId: row.draft.externalId }]));
  await insertExternalIds(
    ctx.db,
    withIds.map(({ id, externalId }) => ({ source: run.source, object: 'company', external_id: externalId, record_id: id })),
  );
  await insertImportedRows(
    ctx.db,
    made.map(({ id, row }) => ({ batch_id: run.batchId, row_number: row.row.number, record_kind: 'company', record_id: id, action: 'created', before: null })),
  );
  await settleLinks(ctx, run, { object: 'company', records: withIds });
}
