import { dataFolderOf, readCount, readFlags, WrongUsage } from '../config/flags.ts';
import { databaseFile } from '../database/connect.ts';
import { takeDataLock } from '../database/data-lock.ts';
import type { DeskFacts, SeedProgress } from '../seed/fill-desk.ts';
import { finishSeed, planSeed, seedFile, surveyDesk, type SeedRequest, type SeedResult } from '../seed/seed.service.ts';
import { longestPassword } from '../members/password-rules.ts';
import { DeskInUse, openDesk } from './open-desk.ts';
import type { Output } from './output.ts';

const mostContacts = 10_000_000;
const mostTickets = 10_000_000;

interface SeedFlags {
  readonly contacts: number;
  readonly tickets: number;
  readonly members: number;
  readonly password: string;
  readonly dataFolder: string;
}

function readSeedFlags(args: readonly string[]): SeedFlags {
  const { values } = readFlags(args, {
    contacts: { type: 'string' },
    tickets: { type: 'string' },
    members: { type: 'string' },
    password: { type: 'string' },
    data: { type: 'string' },
  });
  const dataFolder = dataFolderOf(values.data);
  if (values.contacts === undefined) throw new WrongUsage('Say how many contacts to make up: --contacts N.');
  const contacts = readCount('--contacts', values.contacts, { most: mostContacts });
  const tickets = readCount('--tickets', values.tickets ?? '0', { most: mostTickets });
  const members = readCount('--members', values.members ?? '0', { most: contacts });
  const password = values.password ?? '';
  if (tickets > 0 && contacts === 0) throw new WrongUsage('Tickets need contacts who wrote them: --contacts N.');
  if (password.length > longestPassword) throw new WrongUsage(`--password is longer than ${longestPassword} characters, which nobody could sign in with.`);
  if (members > 0 && password === '') throw new WrongUsage('Give the members the password they sign in with: --password P.');
  return { contacts, tickets, members, password, dataFolder };
}

/** Makes the data: first a look at the desk, then its file filled while nobody has it open, then the finishing touches. */
export async function seedFolder(
  dataFolder: string,
  request: SeedRequest,
  onProgress: (progress: SeedProgress) => void = () => undefined,
): Promise<SeedResult> {
  const before = await openDesk(dataFolder, { alone: true });
  const plan = planSeed(request, before.ctx.now());
  const { root } = before.ctx.folder;
  let facts: DeskFacts;
  try {
    facts = await surveyDesk(before.ctx);
  } finally {
    await before.close();
  }

  const lock = takeDataLock(root);
  if (lock === undefined) throw new DeskInUse(dataFolder);
  try {
    await seedFile(databaseFile(root), { plan, facts, password: request.password }, onProgress);
  } finally {
    lock.release();
  }

  const after = await openDesk(dataFolder, { alone: true });
  try {
    return await finishSeed(after.ctx, plan);
  } finally {
    await after.close();
  }
}

/** `doorline seed`: fills an empty desk with made-up people and tickets, for trials and measurements. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const { dataFolder, ...request } = readSeedFlags(args);
  const result = await seedFolder(dataFolder, request, (progress) => out.progress(progress));
  const answer = { members: result.members, portalUrl: result.portalUrl };
  out.result(out.isJson ? { event: 'seeded', ...result } : answer, JSON.stringify(answer));
  return 0;
}
