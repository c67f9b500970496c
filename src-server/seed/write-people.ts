import { foldForSearch } from '../database/search.ts';
import { rankAfter } from '../people/activity-rank.ts';
import { searchText } from '../people/people-search.ts';
import { exactKey, nationalKey } from '../phone-numbers/number-keys.ts';
import { metadataVersion, readNumbers } from '../phone-numbers/phone-number.ts';
import { storedForm } from '../phone-numbers/phone-numbers.service.ts';
import type { MadeNumber } from './made-number.ts';
import { iso, madeCompany, madeContact, madeDeal, type MadeContact, type SeedPlan } from './made-people.ts';
import { randomFor } from './random.ts';
import type { SeedWriter } from './seed.queries.ts';
import type { Region } from './vocabulary.ts';

const callingCodeLength = 2; // Of all three regions.

interface Owner {
  readonly kind: 'contact' | 'company';
  readonly id: string;
  readonly region: Region;
}

interface Written {
  readonly e164: string | null;
  readonly raw: string;
}

/** Writes an owner's numbers and their look-up keys, counting the rows so that ids are known before they are written. */
export function numberWriter(writer: SeedWriter) {
  let lastId = 0;

  function writePlain(owner: Owner, field: string, number: { readonly raw: string; readonly e164: string }): Written {
    lastId += 1;
    const place = { id: lastId, owner_kind: owner.kind, owner_id: owner.id, field, position: 0 };
    writer.phone_numbers({
      ...place,
      raw: number.raw,
      kind: 'e164',
      e164: number.e164,
      extension: null,
      country: owner.region,
      suggestion: null,
      problem: null,
      is_primary: 0,
      is_switchboard: 0,
      is_shared: 0,
      metadata_version: metadataVersion,
    });
    const digits = number.e164.slice(1);
    for (const key of [exactKey(digits), nationalKey(digits.slice(callingCodeLength))]) {
      writer.number_keys({ key, number_id: lastId, owner_kind: owner.kind, owner_id: owner.id });
    }
    return { raw: number.raw, e164: number.e164 };
  }

  /** Reads the field as if a person had typed it. */
  function writeRead(owner: Owner, field: string, raw: string): Written[] {
    return readNumbers(raw, { country: owner.region }).map((read, position) => {
      lastId += 1;
      const { row, keys } = storedForm(read, owner.region);
      writer.phone_numbers({
        id: lastId,
        owner_kind: owner.kind,
        owner_id: owner.id,
        field,
        position,
        raw: row.raw,
        kind: row.kind,
        e164: row.e164 ?? null,
        extension: row.extension ?? null,
        country: row.country ?? null,
        suggestion: row.suggestion ?? null,
        problem: row.problem ?? null,
        is_primary: 0,
        is_switchboard: row.is_switchboard ?? 0,
        is_shared: 0,
        metadata_version: row.metadata_version,
      });
      for (const key of new Set(keys)) writer.number_keys({ key, number_id: lastId, owner_kind: owner.kind, owner_id: owner.id });
      return { raw: read.raw, e164: read.e164 };
    });
  }

  return function write(owner: Owner, fields: readonly (readonly [field: string, number: MadeNumber | null])[]): Written[] {
    return fields.flatMap(([field, number]) => {
      if (number === null) return [];
      return number.e164 === null ? writeRead(owner, field, number.raw) : [writePlain(owner, field, { raw: number.raw, e164: number.e164 })];
    });
  };
}

export type WriteNumbers = ReturnType<typeof numberWriter>;

/** Gives ranks to records that come in the order of their last activity. */
export function rankCounter(): (lastActivityAt: number) => number {
  let last = 0;
  return (lastActivityAt) => {
    last = rankAfter(last, iso(lastActivityAt));
    return last;
  };
}

export function writeCompany(
  writer: SeedWriter,
  plan: SeedPlan,
  { index, writeNumbers, rankOf }: { readonly index: number; readonly writeNumbers: WriteNumbers; readonly rankOf: (lastActivityAt: number) => number },
): void {
  const company = madeCompany(plan, index);
  const rank = rankOf(company.lastActivityAt);
  writer.companies({
    search_id: index + 1,
    id: company.id,
    name: company.name,
    domain: company.domain,
    country: company.region,
    city: company.city,
    owner_agent_id: null,
    created_at: iso(company.createdAt),
    updated_at: iso(company.createdAt),
    last_activity_at: iso(company.lastActivityAt),
    activity_rank: rank,
  });
  const numbers = writeNumbers({ kind: 'company', id: company.id, region: company.region }, [['phone', company.phone]]);
  const text = searchText({ names: [company.name, company.domain, company.city], email: null, numbers });
  writer.company_search({ rowid: rank, text: foldForSearch(text) });
}

/** The lists of a seeded desk: two that were picked by hand, one that keeps itself. */
export type SeededList = 'vip' | 'council' | 'managers';

export const managerJobs = ['Property manager', 'Zarządca', 'Hausverwalter'];

function listsOf(contact: MadeContact): SeededList[] {
  const found: SeededList[] = [];
  if (contact.index % 500 === 3) found.push('vip');
  if (contact.index % 50 === 7) found.push('council');
  if (contact.jobTitle !== null && managerJobs.includes(contact.jobTitle)) found.push('managers');
  return found;
}

export interface PeopleParts {
  readonly plan: SeedPlan;
  readonly listIds: Readonly<Record<SeededList, string>>;
  /** How many each list has; counted on. */
  readonly counts: Record<SeededList, number>;
  readonly flatPropertyId: string;
  readonly homeCountry: string;
  readonly writeNumbers: WriteNumbers;
  readonly rankOf: (lastActivityAt: number) => number;
}

export function writeContact(writer: SeedWriter, index: number, parts: PeopleParts): void {
  const { plan, flatPropertyId, homeCountry, writeNumbers } = parts;
  const contact = madeContact(plan, index);
  const { company } = contact;
  const rank = parts.rankOf(contact.lastActivityAt);
  writer.contacts({
    search_id: index + 1,
    id: contact.id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    company_id: company?.id ?? null,
    job_title: contact.jobTitle,
    language: contact.language,
    country: company === null && contact.region !== homeCountry ? contact.region : null,
    owner_agent_id: null,
    publish_to_phones: contact.publishToPhones ? 1 : 0,
    created_at: iso(contact.createdAt),
    updated_at: iso(contact.createdAt),
    last_activity_at: iso(contact.lastActivityAt),
    activity_rank: rank,
  });
  const numbers = writeNumbers({ kind: 'contact', id: contact.id, region: contact.region }, [
    ['phone', contact.phone],
    ['mobile', contact.mobile],
  ]);
  const lists = listsOf(contact);
  for (const list of lists) {
    parts.counts[list] += 1;
    writer.list_members({ list_id: parts.listIds[list], contact_id: contact.id, added_at: iso(contact.createdAt) });
  }
  if (index % 10 === 1) writer.property_values({ property_id: flatPropertyId, record_id: contact.id, value: String(1 + randomFor('flat', index).below(120)) });
  const text = searchText({
    names: [contact.firstName, contact.lastName, company?.name ?? ''],
    email: contact.email,
    numbers,
    listIds: lists.map((list) => parts.listIds[list]),
    companyId: company?.id ?? null,
  });
  writer.contact_search({ rowid: rank, text: foldForSearch(text) });
}

export function writeDeal(writer: SeedWriter, plan: SeedPlan, index: number): void {
  const deal = madeDeal(plan, index);
  const contact = madeContact(plan, deal.contactIndex);
  writer.deals({
    id: deal.id,
    name: deal.name,
    amount: deal.amount,
    currency: deal.currency,
    stage: deal.stage,
    is_open: deal.isOpen ? 1 : 0,
    company_id: contact.company?.id ?? null,
    close_date: deal.isOpen ? null : iso(deal.createdAt).slice(0, 10),
    created_at: iso(deal.createdAt),
    updated_at: iso(deal.createdAt),
  });
  writer.deal_contacts({ deal_id: deal.id, contact_id: contact.id });
}
