import { setImmediate as breathe } from 'node:timers/promises';
import { iso, isMember, madeContact, type SeedPlan } from './made-people.ts';
import { idOf } from './random.ts';
import type { SeedWriter } from './seed.queries.ts';
import { managerJobs, numberWriter, rankCounter, writeCompany, writeContact, writeDeal, type SeededList } from './write-people.ts';
import { writeTicket, writeTicketSearch, type SeedStages } from './write-tickets.ts';

export interface SeedProgress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** What the desk has already that made-up records refer to. */
export interface DeskFacts {
  readonly homeCountry: string;
  readonly stages: SeedStages;
  readonly inboxId: string;
  readonly owner: { readonly id: string; readonly name: string };
  /** The number before the first ticket's. */
  readonly numberBefore: number;
  readonly hasDirectories: boolean;
}

export interface FillRequest {
  readonly plan: SeedPlan;
  readonly facts: DeskFacts;
  readonly passwordHash: string;
  readonly onProgress: (progress: SeedProgress) => void;
}

const batchSize = 10_000;

async function writeAll(
  onProgress: FillRequest['onProgress'],
  { label, total, write }: { readonly label: string; readonly total: number; readonly write: (index: number) => void },
): Promise<void> {
  for (let start = 0; start < total; start += batchSize) {
    const end = Math.min(total, start + batchSize);
    for (let index = start; index < end; index += 1) write(index);
    onProgress({ label, done: end, total });
    await breathe();
  }
}

/** Two lists that were picked by hand and one that keeps itself, each with the number of its members, and a property. */
function writeLists(writer: SeedWriter, plan: SeedPlan, counts: Readonly<Record<SeededList, number>>): void {
  const times = { created_at: iso(plan.until), updated_at: iso(plan.until) };
  const filter = { groups: managerJobs.map((value) => [{ field: 'jobTitle', operator: 'is', value }]) };
  writer.lists({ id: listIds.vip, name: 'VIP', kind: 'static', filter: null, member_count: counts.vip, ...times });
  writer.lists({ id: listIds.council, name: 'Tenants’ council', kind: 'static', filter: null, member_count: counts.council, ...times });
  writer.lists({ id: listIds.managers, name: 'Property managers', kind: 'active', filter: JSON.stringify(filter), member_count: counts.managers, ...times });
  for (const entityId of Object.values(listIds)) writer.change_log({ entity: 'list', entity_id: entityId, op: 'put', at: iso(plan.until) });
  writer.properties({
    id: flatPropertyId,
    object: 'contact',
    name: 'flat_number',
    label: 'Flat number',
    type: 'number',
    options: null,
    created_at: iso(plan.until),
  });
}

const listIds: Readonly<Record<SeededList, string>> = { vip: idOf('list', 0), council: idOf('list', 1), managers: idOf('list', 2) };
const flatPropertyId = idOf('property', 0);

async function writePeople(writer: SeedWriter, { plan, facts, onProgress }: FillRequest): Promise<void> {
  const writeNumbers = numberWriter(writer);
  const rankOfCompany = rankCounter();
  const writeOne = (index: number) => writeCompany(writer, plan, { index, writeNumbers, rankOf: rankOfCompany });
  await writeAll(onProgress, { label: 'Companies', total: plan.companies, write: writeOne });

  const counts = { vip: 0, council: 0, managers: 0 };
  const parts = { plan, listIds, counts, flatPropertyId, homeCountry: facts.homeCountry, writeNumbers, rankOf: rankCounter() };
  await writeAll(onProgress, { label: 'Contacts', total: plan.contacts, write: (index) => writeContact(writer, index, parts) });
  writeLists(writer, plan, counts);
  await writeAll(onProgress, { label: 'Deals', total: plan.deals, write: (index) => writeDeal(writer, plan, index) });
  if (facts.hasDirectories) tellDirectories(writer, plan);
}

/** A directory of phones that is there already must learn of everybody; a desk without needs no entry for each contact. */
function tellDirectories(writer: SeedWriter, plan: SeedPlan): void {
  const at = iso(plan.until);
  for (let index = 0; index < plan.contacts; index += 1) writer.change_log({ entity: 'contact', entity_id: idOf('contact', index), op: 'put', at });
}

const agentNames = ['Ada Lis', 'Ben Weiß', 'Clara Stone'];

async function writeTickets(writer: SeedWriter, { plan, facts, onProgress }: FillRequest): Promise<void> {
  if (plan.tickets === 0) return;
  const agents = agentNames.map((name, index) => ({ id: idOf('agent', index), name }));
  const at = iso(plan.until);
  for (const agent of agents) writer.agents({ ...agent, email: null, role: 'agent', is_active: 1, created_at: at, updated_at: at });

  const { stages, inboxId, numberBefore } = facts;
  const parts = { plan, stages, inboxId, numberBefore, agents: [facts.owner, ...agents] };
  await writeAll(onProgress, { label: 'Tickets', total: plan.tickets, write: (index) => writeTicket(writer, index, parts) });
  writer.endPart();
  await writeAll(onProgress, { label: 'Search', total: plan.tickets, write: (index) => writeTicketSearch(writer, index, parts) });
  writer.counters({ name: 'ticket-number', value: numberBefore + plan.tickets });
}

function writeMembers(writer: SeedWriter, { plan, passwordHash }: FillRequest): void {
  for (let number = 0; number < plan.members; number += 1) {
    const contact = madeContact(plan, plan.contacts - 1 - number);
    const at = iso(contact.createdAt);
    writer.members({
      id: idOf('member', number),
      contact_id: contact.id,
      password_hash: passwordHash,
      state: 'active',
      visibility: null,
      invited_at: at,
      activated_at: at,
      last_sign_in_at: null,
      created_at: at,
      updated_at: at,
    });
  }
}

/** Writes everything of the plan. */
export async function fillDesk(writer: SeedWriter, request: FillRequest): Promise<void> {
  await writePeople(writer, request);
  writer.endPart();
  await writeTickets(writer, request);
  writeMembers(writer, request);
}

/** The first members' addresses. */
export function memberAddresses(plan: SeedPlan, most: number): string[] {
  const indexes = Array.from({ length: Math.min(most, plan.members) }, (_, number) => plan.contacts - 1 - number);
  return indexes.filter((index) => isMember(plan, index)).map((index) => madeContact(plan, index).email ?? '');
}
