import type { Context } from '../kernel/context.ts';
import { shownText } from '../kernel/shown-text.ts';
import { companiesOfNumbers, ownersOfNumbers } from './caller-id.queries.ts';
import { fullName, personLabel, sharedLabel } from './caller-label.ts';

// What phones are given beforehand. There is no evidence yet of who will be calling, so a number that several people
// have names its company and all of them, the same on every phone.

/** What a phone shows for one number, and whom it opens: a contact, or the company when it is no one person's. */
export interface DirectoryLabel {
  readonly label: string;
  readonly contactId: string;
  /** Whose number it is: one person's, a company's own, or one that several people answer. */
  readonly kind: 'person' | 'company' | 'shared';
  /** What a card of this number alone is called: “ACME (5)”. */
  readonly cardName: string;
}

export interface LabelScope {
  /** Null for everybody; else only contacts of these lists are on the phone. */
  readonly listIds: readonly string[] | null;
  /** A directory with a cap: only who is inside it is on the phone. */
  readonly directoryId?: number;
  /** Names only: a person's company is not beside them, nor that of a number several share. */
  readonly withoutCompanies?: boolean;
}

type Owner = Awaited<ReturnType<ReturnType<typeof ownersOfNumbers>['execute']>>[number];
type OwningCompany = Awaited<ReturnType<ReturnType<typeof companiesOfNumbers>['execute']>>[number];

function labelOf(owners: readonly Owner[], companies: readonly OwningCompany[], hidesCompany: boolean): DirectoryLabel | null {
  const [ownCompany] = companies;
  const byActivity = [...new Map(owners.map((owner) => [owner.contact_id, owner])).values()].sort((left, right) =>
    left.last_activity_at === right.last_activity_at ? compare(left.contact_id, right.contact_id) : compare(right.last_activity_at, left.last_activity_at),
  );
  if (byActivity.length === 0) return ownCompany === undefined ? null : companyLabel(ownCompany);

  const people = byActivity.map((owner) => ({ owner, firstName: owner.first_name, lastName: owner.last_name }));
  // A name must be public and on this phone. Somebody known by an address only has no name to show.
  const shown = people.filter(({ owner, ...name }) => owner.publish_to_phones === 1 && owner.is_in_scope === 1 && fullName(name) !== '');
  const [first] = shown;
  if (first === undefined) return null;

  const pinned = shown.find(({ owner }) => owner.is_primary === 1);
  const isShared = people.length > 1 || owners.some((owner) => owner.is_shared === 1);
  const single = isShared ? pinned : first;
  if (single !== undefined) {
    const label = personLabel(fullName(single), hidesCompany ? null : single.owner.employer_name);
    return { label, contactId: single.owner.contact_id, kind: 'person', cardName: label };
  }

  const employerId = first.owner.employer_id;
  const isOneEmployer = employerId !== null && byActivity.every((owner) => owner.employer_id === employerId);
  const company = ownCompany ?? (isOneEmployer ? { id: employerId, name: first.owner.employer_name ?? '' } : undefined);
  const label = sharedLabel(shown, hidesCompany ? null : (company?.name ?? null), people.length - shown.length);
  const cardName = company === undefined || hidesCompany ? label : `${shownText(company.name)} (${people.length})`;
  return { label, contactId: company?.id ?? first.owner.contact_id, kind: 'shared', cardName };
}

function companyLabel(company: OwningCompany): DirectoryLabel {
  const label = shownText(company.name);
  return { label, contactId: company.id, kind: 'company', cardName: label };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/**
 * One label for each number, or null when nobody may be shown for it on the phones of this scope. People out of scope
 * or not published are never named, but they count: a number they share does not pass for one person's own.
 */
export async function labelsFor(ctx: Context, e164s: readonly string[], scope: LabelScope): Promise<Map<string, DirectoryLabel | null>> {
  if (e164s.length === 0) return new Map();
  const owners = Map.groupBy(await ownersOfNumbers(ctx.db, e164s, scope).execute(), (row) => row.e164);
  const companies = Map.groupBy(await companiesOfNumbers(ctx.db, e164s).execute(), (row) => row.e164);
  const hasEverybody = scope.listIds === null && scope.directoryId === undefined;
  return new Map(
    e164s.map((e164) => {
      const people = owners.get(e164) ?? [];
      // A company's own number is everybody's; a phone with chosen contacts has it only through somebody among them.
      const isCompanyOnly = people.length === 0;
      return [e164, isCompanyOnly && !hasEverybody ? null : labelOf(people, companies.get(e164) ?? [], scope.withoutCompanies === true)];
    }),
  );
}
