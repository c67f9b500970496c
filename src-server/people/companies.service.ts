import { recordAct } from '../audit/audit.service.ts';
import { recordChanges } from '../database/change-log.ts';
import { NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { toPage, type Page } from '../kernel/page.ts';
import { numbersOf, replaceNumbers } from '../phone-numbers/phone-numbers.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { rankGiver } from './activity-rank.queries.ts';
import { rankBefore } from './activity-rank.ts';
import {
  countContactsOf,
  findCompany,
  findCompanyNamed,
  foundCompanies,
  insertCompany,
  recentCompanies,
  updateCompany,
  type CompanyRow,
} from './companies.queries.ts';
import { refreshCompanySearch } from './company-search.service.ts';
import { countOpenTickets } from './contacts.queries.ts';
import { withFields } from './number-fields.ts';
import type { Company, CompanyInput, CompanyPatch, CompanyQuery, CompanySummary } from './people.contract.ts';
import { startRefresh } from './people-refresh.service.ts';
import { searchExpression } from './people-search.ts';
import { readPropertyValues, writePropertyValues } from './property-values.service.ts';

/** A page of companies, the most recently active first: all, or those that match a search. */
export async function listCompanies(ctx: Context, query: CompanyQuery): Promise<Page<CompanySummary>> {
  const page = { before: rankBefore(query.cursor), limit: query.limit + 1 };
  const search = query.search ?? '';
  const match = searchExpression({ search });
  const isUnanswerable = search !== '' && match === undefined;
  const found = match === undefined ? ctx.hot.all(recentCompanies, page) : ctx.hot.all(foundCompanies, { ...page, match });
  const rows = isUnanswerable ? [] : await found;
  return toPage(rows, query.limit, {
    item: (row) => ({ id: row.id, name: row.name, domain: row.domain, city: row.city, lastActivityAt: row.last_activity_at }),
    key: (row) => [row.activity_rank],
  });
}

export async function getCompany(ctx: Context, id: string): Promise<Company> {
  const row = await findCompany(ctx.db, id);
  if (row === undefined) throw new NotFound('This company');
  const numbers = await numbersOf(ctx, 'company', [id]);
  const values = await readPropertyValues(ctx, 'company', [id]);
  return {
    id,
    name: row.name,
    domain: row.domain,
    country: row.country,
    city: row.city,
    numbers: [...(numbers.get(id) ?? [])],
    properties: values.get(id) ?? {},
    contactCount: await countContactsOf(ctx.db, id),
    openTickets: await countOpenTickets(ctx.db, { column: 'company_id', id }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastActivityAt: row.last_activity_at,
  };
}

/** The company of that name, if there is one. Letter case does not matter. */
export async function findCompanyByName(ctx: Context, name: string): Promise<{ readonly id: string; readonly name: string } | undefined> {
  return findCompanyNamed(ctx.db, name.trim());
}

async function writeNumbers(ctx: Context, company: { readonly id: string; readonly country: string | null }, phone: string | undefined): Promise<void> {
  const known = (await numbersOf(ctx, 'company', [company.id])).get(company.id) ?? [];
  const fields = withFields(known, phone === undefined ? {} : { phone });
  if (known.length === 0 && fields.length === 0) return;
  const country = company.country ?? (await readSettings(ctx, companySettings)).country;
  await replaceNumbers(ctx, { kind: 'company', id: company.id }, fields, { country });
}

/** Adds a company and says its id: `createCompany` for callers that don't need to read it back. */
export function addCompany(ctx: Context, input: CompanyInput): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    const id = newId();
    const now = isoNow(ctx);
    await insertCompany(ctx.db, {
      id,
      name: input.name,
      domain: input.domain,
      country: input.country,
      city: input.city,
      created_at: now,
      updated_at: now,
      last_activity_at: now,
      activity_rank: await rankGiver(ctx.db, 'companies')(now),
    });
    if (input.phone !== '') await writeNumbers(ctx, { id, country: input.country }, input.phone);
    await writePropertyValues(ctx, { object: 'company', recordId: id, values: input.properties });
    await refreshCompanySearch(ctx, id);
    await recordChanges(ctx, [{ entity: 'company', entityId: id, op: 'put' }]);
    return id;
  });
}

export async function createCompany(ctx: Context, input: CompanyInput): Promise<Company> {
  return getCompany(ctx, await addCompany(ctx, input));
}

function changesWhatContactsShow(before: CompanyRow, patch: CompanyPatch): boolean {
  return (patch.name !== undefined && patch.name !== before.name) || (patch.domain !== undefined && patch.domain !== before.domain);
}

/** Changes the fields that are given: `changeCompany` for callers that don't need to read the company back. */
export function patchCompany(ctx: Context, id: string, patch: CompanyPatch): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const before = await findCompany(ctx.db, id);
    if (before === undefined) throw new NotFound('This company');
    const country = patch.country === undefined ? before.country : patch.country;
    const hasMoved = country !== before.country;

    await updateCompany(ctx.db, id, {
      updated_at: isoNow(ctx),
      country,
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.domain === undefined ? {} : { domain: patch.domain }),
      ...(patch.city === undefined ? {} : { city: patch.city }),
    });
    if (patch.phone !== undefined || hasMoved) await writeNumbers(ctx, { id, country }, patch.phone);
    if (patch.properties !== undefined) await writePropertyValues(ctx, { object: 'company', recordId: id, values: patch.properties });
    await refreshCompanySearch(ctx, id);
    await recordChanges(ctx, [{ entity: 'company', entityId: id, op: 'put' }]);
    if (changesWhatContactsShow(before, patch)) await startRefresh(ctx, 'company', id);
    if (hasMoved) await startRefresh(ctx, 'company-country', id);
  });
}

export async function changeCompany(ctx: Context, id: string, patch: CompanyPatch): Promise<Company> {
  await patchCompany(ctx, id, patch);
  return getCompany(ctx, id);
}

/**
 * Removes a company. Its contacts, tickets and deals stay, without it. With very many contacts it goes once the last of
 * them has been taken out, in the background.
 */
export function removeCompany(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findCompany(ctx.db, id);
    if (row === undefined) throw new NotFound('This company');
    await recordAct(ctx, { action: 'company.removed', target: { kind: 'company', id, name: row.name } });
    await startRefresh(ctx, 'company-removal', id);
  });
}
