import { closeSync, copyFileSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { recordAct } from '../audit/audit.service.ts';
import { portalAddress } from '../certificates/address.service.ts';
import { inboxOrDefault } from '../conversations/inboxes.service.ts';
import { AppError } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { hashPassword } from '../members/password-hashing.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { changeSettings, readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { listAgents } from '../team/team.service.ts';
import { stagesOf } from '../tickets/pipelines.service.ts';
import { fillDesk, memberAddresses, type DeskFacts, type SeedProgress } from './fill-desk.ts';
import { planFor, type SeedPlan } from './made-people.ts';
import { fillFile, findTicketCounter, hasDirectories, hasRecords } from './seed.queries.ts';
import type { SeedStages } from './write-tickets.ts';

/** Made-up data would mix with real people. */
export class DeskNotEmpty extends AppError {
  readonly kind = 'conflict';
  readonly code = 'desk-not-empty';

  constructor() {
    super('This desk has contacts, lists or tickets already, and demo data can’t be told from them later. Name an empty folder: --data DIR.');
  }
}

export interface SeedRequest {
  readonly contacts: number;
  readonly tickets: number;
  readonly members: number;
  /** What the members sign in with. */
  readonly password: string;
}

async function stagesForTickets(ctx: Context, pipelineId: string): Promise<SeedStages> {
  const stages = await stagesOf(ctx, pipelineId);
  const open = stages.filter((stage) => stage.isOpen);
  const first = open[0]?.id ?? '';
  return {
    pipelineId,
    fresh: first,
    inProgress: open.find((stage) => stage.id !== first && stage.turn !== 'customer')?.id ?? first,
    waiting: open.find((stage) => stage.turn === 'customer')?.id ?? first,
    closed: stages.find((stage) => !stage.isOpen)?.id ?? first,
  };
}

/**
 * What seeding must know of the desk.
 * @throws DeskNotEmpty
 */
export async function surveyDesk(ctx: Context): Promise<DeskFacts> {
  if (await hasRecords(ctx.db)) throw new DeskNotEmpty();
  const inbox = await inboxOrDefault(ctx, null);
  const [owner] = (await listAgents(ctx)).items;
  return {
    homeCountry: (await readSettings(ctx, companySettings)).country,
    stages: await stagesForTickets(ctx, inbox.pipelineId),
    inboxId: inbox.id,
    owner: { id: owner?.id ?? 'owner', name: owner?.name ?? 'Support' },
    numberBefore: (await findTicketCounter(ctx.db)) ?? 1000,
    hasDirectories: await hasDirectories(ctx.db),
  };
}

/** What will be made. Times end with the midnight before `now`. */
export function planSeed(request: Omit<SeedRequest, 'password'>, now: Date): SeedPlan {
  const { contacts, tickets, members } = request;
  return planFor({ contacts, tickets, members, until: Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()) });
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Fills a copy of the database file and puts it in the old one's place: all of it or, if interrupted, nothing. Nobody
 * may have the database open. The same plan gives the same names, addresses, words and ids.
 */
export async function seedFile(
  file: string,
  { plan, facts, password }: { readonly plan: SeedPlan; readonly facts: DeskFacts; readonly password: string },
  onProgress: (progress: SeedProgress) => void,
): Promise<void> {
  const passwordHash = plan.members === 0 ? '' : await hashPassword(password);
  const copy = path.join(path.dirname(file), 'seeding.sqlite');
  copyFileSync(file, copy);
  try {
    await fillFile(copy, (writer) => fillDesk(writer, { plan, facts, passwordHash, onProgress }));
    flush(copy);
    renameSync(copy, file);
  } finally {
    rmSync(copy, { force: true });
  }
}

export interface SeedResult {
  /** Addresses of the first ten members. */
  readonly members: string[];
  readonly portalUrl: string;
  readonly contacts: number;
  readonly companies: number;
  readonly tickets: number;
}

/** Notes the seeding, and switches the portal on when there are members, since they are to sign in. */
export async function finishSeed(ctx: Context, plan: SeedPlan): Promise<SeedResult> {
  await inTransaction(ctx, async (ctx) => {
    if (plan.members > 0) await changeSettings(ctx, portalSettings, { isOn: true });
    await recordAct(ctx, { action: 'desk.seeded', detail: { contacts: plan.contacts, tickets: plan.tickets, members: plan.members } });
  });
  const portal = await readSettings(ctx, portalSettings);
  const { origin } = await portalAddress(ctx);
  return {
    members: memberAddresses(plan, 10),
    portalUrl: `${origin}/${portal.slug}`,
    contacts: plan.contacts,
    companies: plan.companies,
    tickets: plan.tickets,
  };
}
