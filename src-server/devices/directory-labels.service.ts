import type { Context } from '../kernel/context.ts';
import { labelOf, type Label, type LabelledCompany, type LabelledContact } from './directory-label.ts';
import { listOwningCompanies, listPublishedOwners } from './directory-labels.queries.ts';
import { listsOfKey } from './scope.service.ts';

function add<Item>(groups: Map<number, Item[]>, e164: string | null, item: Item): void {
  const digits = Number(e164?.slice(1));
  const group = groups.get(digits);
  if (group === undefined) groups.set(digits, [item]);
  else group.push(item);
}

/**
 * The labels of numbers for the phones of a scope. Numbers that nobody in scope has are left out; contacts that must not
 * be published are never looked at. A company's own number belongs to everyone's scope only.
 */
export async function renderLabels(ctx: Context, digits: readonly number[], scope: string): Promise<Map<number, Label>> {
  const e164s = digits.map((number) => `+${number}`);
  const listIds = listsOfKey(scope);
  const contacts = new Map<number, LabelledContact[]>();
  const companies = new Map<number, LabelledCompany[]>();
  for (const row of await listPublishedOwners(ctx.db, e164s, listIds)) {
    const name = `${row.first_name} ${row.last_name}`.trim();
    // Phones get names, never addresses: somebody known by e-mail only has nothing to show.
    if (name !== '') add(contacts, row.e164, { id: row.contact_id, name, firstName: row.first_name, companyId: row.company_id, companyName: row.company_name });
  }
  if (listIds === null) {
    for (const row of await listOwningCompanies(ctx.db, e164s)) add(companies, row.e164, { id: row.company_id, name: row.name });
  }
  const labels = new Map<number, Label>();
  for (const number of digits) {
    const owners = [...new Map((contacts.get(number) ?? []).map((contact) => [contact.id, contact])).values()];
    const label = labelOf(owners, companies.get(number) ?? []);
    if (label !== undefined) labels.set(number, label);
  }
  return labels;
}
