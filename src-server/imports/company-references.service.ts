import { setImmediate as breathe } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { addCompanies } from '../people/bulk-people.service.ts';
import type { CompanyReference } from './drafts.ts';
import type { Run } from './import-run.ts';
import {
  insertExternalIds,
  insertImportedRows,
  listCompanies,
  listCompaniesByDomain,
  listCompaniesByName,
  listExternalIds,
  listExternalIdsOf,
} from './imports.queries.ts';

export interface KnownCompany {
  readonly id: string;
  readonly country: string | null;
}

/** A row's mention of a company: by foreign id, by name, or only by the domain of an e-mail address. */
export interface Mention {
  readonly rowNumber: number;
  readonly reference: CompanyReference;
  readonly email: string | null;
}

/** The companies that rows mention. */
export interface Companies {
  of(mention: Mention): KnownCompany | undefined;
}

// Addresses at these say nothing about where somebody works.
const publicMail =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|gmx|web|t-online|wp|o2|onet|interia|op|poczta|tlen|aol|proton(?:mail)?|mail|me)\.[a-z.]{2,6}$/u;

function domainOf(email: string | null): string | undefined {
  const domain = email?.split('@')[1];
  return domain === undefined || publicMail.test(domain) ? undefined : domain;
}

function nameKey(name: string): string {
  return name.toLowerCase();
}

async function byForeignId(ctx: Context, run: Run, mentions: readonly Mention[]): Promise<Map<string, KnownCompany>> {
  const ids = [...new Set(mentions.flatMap((mention) => mention.reference.ids))];
  if (ids.length === 0) return new Map();
  const links = await listExternalIds(ctx.db, { source: run.source, object: 'company', ids });
  if (links.length === 0) return new Map();
  const companies = new Map(
    (
      await listCompanies(
        ctx.db,
        links.map((link) => link.record_id),
      )
    ).map((row) => [row.id, row]),
  );
  return new Map(
    links.flatMap((link) => {
      const company = companies.get(link.record_id);
      return company === undefined ? [] : [[link.external_id, { id: company.id, country: company.country }]];
    }),
  );
}

/** Companies by name, apart from those that are somebody else in the other program. */
async function byName(ctx: Context, run: Run, mentions: readonly Mention[]): Promise<(mention: Mention) => KnownCompany | undefined> {
  const names = [...new Set(mentions.map((mention) => mention.reference.name))];
  if (names.length === 0) return () => undefined;
  const rows = await listCompaniesByName(ctx.db, names);
  const taken = new Set<string>();
  if (rows.length > 0) {
    const links = await listExternalIdsOf(
      ctx.db,
      rows.map((row) => row.id),
    );
    for (const link of links) if (link.source === run.source) taken.add(link.record_id);
  }
  const groups = Map.groupBy(rows, (row) => nameKey(row.name));
  return ({ reference }) => {
    const namesakes = groups.get(nameKey(reference.name)) ?? [];
    return reference.ids.length === 0 ? namesakes[0] : namesakes.find((row) => !taken.has(row.id));
  };
}

/**
 * Finds the companies that rows mention: by foreign id, then by name, then by the domain of the e-mail address. A company
 * that is named but not there is made.
 */
export async function resolveCompanies(ctx: Context, run: Run, mentions: readonly Mention[]): Promise<Companies> {
  const foreign = await byForeignId(ctx, run, mentions);
  const foreignOf = ({ reference }: Mention) => reference.ids.map((id) => foreign.get(id)).find((company) => company !== undefined);
  const unlinked = mentions.filter((mention) => mention.reference.name !== '' && foreignOf(mention) === undefined);
  const named = await byName(ctx, run, unlinked);
  const made = await makeCompanies(
    ctx,
    run,
    unlinked.filter((mention) => named(mention) === undefined),
  );
  await linkIds(
    ctx,
    run,
    unlinked.flatMap((mention) => {
      const company = named(mention);
      return company === undefined ? [] : [{ mention, company }];
    }),
  );

  const nameless = mentions.filter((mention) => mention.reference.name === '' && foreignOf(mention) === undefined);
  const domains = [...new Set(nameless.map((mention) => domainOf(mention.email)).filter((domain) => domain !== undefined))];
  const rows = domains.length === 0 ? [] : await listCompaniesByDomain(ctx.db, domains);
  const byDomain = new Map(rows.toReversed().map((row) => [row.domain, { id: row.id, country: row.country }]));
  return {
    of(mention) {
      const found = foreignOf(mention);
      if (found !== undefined) return found;
      if (mention.reference.name !== '') return named(mention) ?? made.get(keyOf(mention));
      const domain = domainOf(mention.email);
      return domain === undefined ? undefined : byDomain.get(domain);
    },
  };
}

/** Mentions of one company that is not there yet have this in common. */
function keyOf({ reference }: Mention): string {
  return `${reference.ids[0] ?? ''}/${nameKey(reference.name)}`;
}

async function makeCompanies(ctx: Context, run: Run, mentions: readonly Mention[]): Promise<Map<string, KnownCompany>> {
  const made = new Map<string, KnownCompany & { readonly mention: Mention }>();
  for (const mention of mentions) if (!made.has(keyOf(mention))) made.set(keyOf(mention), { id: newId(), country: null, mention });
  if (made.size === 0) return made;
  run.notes.add('Companies that are named in the file and not here yet are added.');
  if (run.isDryRun) return new Map();

  const companies = [...made.values()];
  await addCompanies(
    ctx,
    companies.map(({ id, mention }) => ({
      id,
      name: mention.reference.name,
      domain: null,
      city: null,
      country: null,
      ownerAgentId: null,
      createdAt: run.stamp,
      updatedAt: run.stamp,
      lastActivityAt: run.stamp,
      numbers: [],
      numbersCountry: run.homeCountry,
      propertyValues: [],
    })),
  );
  await breathe();
  await insertImportedRows(
    ctx.db,
    companies.map(({ id, mention }) => ({
      batch_id: run.batchId,
      row_number: mention.rowNumber,
      record_kind: 'company',
      record_id: id,
      action: 'created',
      before: null,
    })),
  );
  await insertExternalIds(
    ctx.db,
    companies.flatMap(({ id, mention }) => {
      const [externalId] = mention.reference.ids;
      return externalId === undefined ? [] : [{ source: run.source, object: 'company', external_id: externalId, record_id: id }];
    }),
  );
  return made;
}

/** Remembers the foreign ids of companies that were found by name. */
async function linkIds(ctx: Context, run: Run, found: readonly { readonly mention: Mention; readonly company: KnownCompany }[]): Promise<void> {
  if (run.isDryRun) return;
  const rows = found.flatMap(({ mention, company }) => {
    const [externalId] = mention.reference.ids;
    return externalId === undefined ? [] : [{ source: run.source, object: 'company', external_id: externalId, record_id: company.id }];
  });
  await insertExternalIds(ctx.db, rows);
}
