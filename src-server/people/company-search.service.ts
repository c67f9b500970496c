import { indexText } from '../database/search.ts';
import type { Context } from '../kernel/context.ts';
import { findCompany } from './companies.queries.ts';
import { listOwnersNumbers } from './contact-refresh.queries.ts';
import { searchText } from './people-search.ts';

/** Brings what a company is found by up to date. Call it in the transaction that changes it. */
export async function refreshCompanySearch(ctx: Context, companyId: string): Promise<void> {
  const company = await findCompany(ctx.db, companyId);
  if (company === undefined) return;
  const numbers = await listOwnersNumbers(ctx.db, 'company', [companyId]);
  const text = searchText({ names: [company.name, company.domain ?? '', company.city ?? ''], email: null, numbers });
  await indexText(ctx, { index: 'company_search', rowid: company.activity_rank, columns: { text } });
}
