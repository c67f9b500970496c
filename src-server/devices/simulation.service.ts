import type { CallerMatch } from '../caller-id/caller-id.contract.ts';
import { explainCaller, findCaller } from '../caller-id/caller-id.service.ts';
import { actingAs, type Context } from '../kernel/context.ts';
import { readNumber, type ReadNumber } from '../phone-numbers/phone-number.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import type { SimulatedPhone, Simulation } from './devices.contract.ts';
import { listPhonesInUse, type ShownDeviceRow } from './devices.queries.ts';
import { findDirectory, listEntries, type DirectoryRow, type EntryRow } from './directory.queries.ts';
import { whyNobody, whyNotHeld } from './why-not-held.service.ts';

const mostPhones = 50;

type Outcome = Pick<SimulatedPhone, 'how' | 'shows' | 'reason'>;

/** Whether what the phone holds is as new as the entry: by its own contacts app, or by the page. */
function holds(row: ShownDeviceRow, entry: EntryRow): 'contacts' | 'page' | undefined {
  if (row.dav_book_seen_at !== null && row.dav_synced_seq >= entry.seq) return 'contacts';
  return row.synced_seq >= entry.seq ? 'page' : undefined;
}

const heldBy = {
  contacts: 'It is in the phone’s own contacts, so the dialler shows it. A contact saved on the phone itself comes first.',
  page: 'Doorline’s page on the phone holds it, and shows it there.',
} as const;

/** What is known of the number that calls, for one phone. */
interface Found {
  readonly read: ReadNumber;
  readonly directory: DirectoryRow | undefined;
  readonly entry: EntryRow | undefined;
  /** Whom the desk may name on the phone. */
  readonly match: CallerMatch | null;
  /** Whether the desk itself knows somebody. */
  readonly isKnownToDesk: boolean;
}

/** What one phone shows. */
async function outcomeOf(ctx: Context, row: ShownDeviceRow, found: Found): Promise<Outcome> {
  const { read, directory, entry, match, isKnownToDesk } = found;
  if (row.caller_id === 0) return { how: 'nothing', shows: null, reason: 'Showing who is calling is switched off for this phone.' };
  const held = entry === undefined ? undefined : holds(row, entry);
  if (entry !== undefined && held !== undefined) return { how: 'held', shows: entry.label, reason: heldBy[held] };
  if (match === null) return { how: 'nothing', shows: null, reason: isKnownToDesk ? 'This contact is kept off the phones.' : whyNobody(read) };
  const why = entry === undefined ? await whyNotHeld(ctx, directory, { match, read }) : 'The phone has not read its contacts since this number came.';
  return {
    how: 'look-up',
    shows: match.display,
    reason: `${why} Doorline’s page and apps look it up while it rings; the phone’s own dialler shows the number.`,
  };
}

/** What each phone in use would show if this number called, and why. Nothing rings and nothing is logged. */
export async function simulateCall(ctx: Context, number: string): Promise<Simulation> {
  const { country } = await readSettings(ctx, companySettings);
  const read = readNumber(number, { country });
  const { result } = await explainCaller(ctx, number, { agentId: ctx.actor.id });
  const rows = await listPhonesInUse(ctx.db, mostPhones + 1);
  const directories = new Map<number, Pick<Found, 'directory' | 'entry'>>();
  const phones: SimulatedPhone[] = [];
  for (const row of rows.slice(0, mostPhones)) {
    const directoryId = row.directory_id ?? 0;
    const known = directories.get(directoryId) ?? (await readDirectory(ctx, directoryId, read.e164));
    directories.set(directoryId, known);
    const asPhone = actingAs(ctx, { kind: 'device', id: row.id, name: row.name, agentId: row.agent_id });
    const match = await findCaller(asPhone, number, { agentId: row.agent_id, withoutDeal: true });
    const outcome = await outcomeOf(ctx, row, { read, ...known, match, isKnownToDesk: result !== null });
    phones.push({ id: row.id, name: row.name, agentName: row.agent_name, ...outcome });
  }
  return { phones, more: rows.length > mostPhones };
}

/** A directory with its entry for the number, if it has one that is shown. */
async function readDirectory(ctx: Context, id: number, e164: string | null): Promise<Pick<Found, 'directory' | 'entry'>> {
  const [entry] = e164 === null ? [] : await listEntries(ctx.db, id, [Number(e164.slice(1))]);
  return { directory: await findDirectory(ctx.db, id), entry: entry?.is_removed === 1 ? undefined : entry };
}
