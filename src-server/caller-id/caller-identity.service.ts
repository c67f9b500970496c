import type { Context } from '../kernel/context.ts';
import { shownText } from '../kernel/shown-text.ts';
import type { CallerMatch } from './caller-id.contract.ts';
import { fullName, personLabel, sharedLabel } from './caller-label.ts';
import type { OwnerRow } from './caller-id.queries.ts';
import type { Found, Search } from './number-search.service.ts';
import { rankCandidates, type Candidate } from './ranking.service.ts';

export type Caller = Pick<CallerMatch, 'display' | 'contact' | 'company' | 'candidates'>;

interface Party {
  readonly id: string;
  readonly name: string;
}

interface Person extends Candidate {
  readonly firstName: string;
  readonly lastName: string;
  readonly employer: Party | null;
  /** Must not be named on a phone. */
  readonly isHidden: boolean;
}

/** Whether a phone or a telephone system asks: both show what they are told to whoever looks. */
export function isForPhone({ actor }: Pick<Context, 'actor'>): boolean {
  return actor.kind === 'device' || actor.kind === 'pbx';
}

function personsOf(rows: readonly OwnerRow[], isPhone: boolean): Person[] {
  const persons = new Map<string, Person>();
  for (const row of rows) {
    if (row.contact_id === null) continue;
    const known = persons.get(row.contact_id);
    const person = { firstName: shownText(row.first_name ?? ''), lastName: shownText(row.last_name ?? '') };
    // Phones get names, never addresses.
    const name = fullName(person) === '' && !isPhone ? (row.email ?? '') : fullName(person);
    persons.set(row.contact_id, {
      ...person,
      id: row.contact_id,
      name,
      employer: row.employer_id === null ? null : { id: row.employer_id, name: shownText(row.employer_name ?? '') },
      isPinned: row.is_primary === 1 || known?.isPinned === true,
      hasAsMobile: row.field === 'mobile' || known?.hasAsMobile === true,
      ownerAgentId: row.owner_agent_id,
      lastActivityAt: row.last_activity_at ?? '',
      isHidden: isPhone && row.publish_to_phones === 0,
    });
  }
  return [...persons.values()];
}

function companiesOf(rows: readonly OwnerRow[]): Party[] {
  const companies = new Map(
    rows.flatMap((row) => (row.company_id === null ? [] : [[row.company_id, { id: row.company_id, name: shownText(row.company_name ?? '') }]])),
  );
  return [...companies.values()];
}

/** The company that all of them belong to. */
function employerOfAll(persons: readonly Person[]): Party | null {
  const employer = persons[0]?.employer ?? null;
  return employer !== null && persons.every((person) => person.employer?.id === employer.id) ? employer : null;
}

function asCompany(companies: readonly Party[]): Caller {
  const [company] = companies;
  return { display: companies.map(({ name }) => name).join(', '), contact: null, company: companies.length === 1 ? (company ?? null) : null, candidates: [] };
}

function asPerson(person: Person, candidates: readonly Person[]): Caller {
  const more = candidates.length > 1 ? ` +${candidates.length - 1}` : '';
  const label = personLabel(person.name, person.employer?.name ?? null);
  return {
    display: label === '' ? '' : `${label}${more}`,
    contact: { id: person.id, firstName: person.firstName, lastName: person.lastName },
    company: person.employer,
    candidates: partiesOf(candidates),
  };
}

function partiesOf(persons: readonly Person[]): Party[] {
  return persons.filter((person) => !person.isHidden).map(({ id, name }) => ({ id, name }));
}

function asShared(persons: readonly Person[], company: Party | null): Caller | null {
  const shown = persons.filter((person) => !person.isHidden);
  if (shown.length === 0) return null;
  const display = sharedLabel(shown, company?.name ?? null, persons.length - shown.length);
  return { display, contact: null, company, candidates: partiesOf(shown) };
}

/** Who the owners of the found numbers are to the one who answers: one person, a company, or several who share it. */
export async function identify(search: Search, found: Found, agentId: string | undefined): Promise<Caller | null> {
  const { ctx, tell } = search;
  const persons = personsOf(found.rows, isForPhone(ctx));
  const companies = companiesOf(found.rows);

  if (found.kind === 'ddi') {
    const behind = companies.length > 0 ? companies : [employerOfAll(persons)].filter((company) => company !== null);
    tell('Who that is', () => (behind.length === 1 ? `${behind[0]?.name ?? ''}, nobody in particular.` : 'No single company, so nobody is named.'));
    return behind.length === 1 ? asCompany(behind) : null;
  }
  const caller = await identifyPerson({ search, persons, companies, agentId, isMarkedShared: found.rows.some((row) => row.is_shared === 1) });
  tell('Who that is', () => (caller === null ? 'Somebody who must not be shown on phones.' : caller.display));
  if (caller === null || found.kind !== 'maybe' || caller.display === '') return caller;
  return { ...caller, display: `${caller.display}?` };
}

interface Owners {
  readonly search: Search;
  readonly persons: readonly Person[];
  readonly companies: readonly Party[];
  readonly agentId: string | undefined;
  readonly isMarkedShared: boolean;
}

async function identifyPerson({ search, persons, companies, agentId, isMarkedShared }: Owners): Promise<Caller | null> {
  const { ctx, read, tell } = search;
  if (persons.length === 0) return companies.length === 0 ? null : asCompany(companies);
  const company = companies.length === 1 ? (companies[0] ?? null) : employerOfAll(persons);
  if (isMarkedShared) tell('Marked as shared', () => 'Nobody is named alone.');
  const [first] = persons;
  if (!isMarkedShared && persons.length === 1 && first !== undefined) return first.isHidden ? null : asPerson(first, persons);

  // Also where nobody is to be named alone, the likeliest stands first.
  const { ranked, isDecided } = await rankCandidates({ ctx, e164: read.e164, agentId, tell: isMarkedShared ? () => undefined : tell }, persons);
  const order = ranked.map(({ id }) => persons.find((person) => person.id === id)).filter((person) => person !== undefined);
  const [likeliest] = order;
  if (!isMarkedShared && isDecided && likeliest !== undefined && !likeliest.isHidden) return asPerson(likeliest, order);
  return asShared(order, company);
}
