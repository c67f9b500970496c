import { explainCaller, findCaller } from '../caller-id/caller-id.service.ts';
import { actingAs, type Context } from '../kernel/context.ts';
import type { SimulatedPhone, Simulation } from './devices.contract.ts';
import { listPhonesInUse, type ShownDeviceRow } from './devices.queries.ts';
import { listEntries, type EntryRow } from './directory.queries.ts';

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

function whyNotHeld(row: ShownDeviceRow): string {
  if (row.most_contacts !== null) return `It is not among the ${row.most_contacts.toLocaleString('en')} most recently active contacts this phone gets.`;
  return 'It is not in the lists this phone gets.';
}

/** What one phone shows. `known` is who the desk may name on phones, `isKnownToDesk` whether the desk itself knows somebody. */
function outcomeOf(
  row: ShownDeviceRow,
  found: { readonly entry: EntryRow | undefined; readonly display: string | null; readonly isKnownToDesk: boolean },
): Outcome {
  const { entry, display, isKnownToDesk } = found;
  if (row.caller_id === 0) return { how: 'nothing', shows: null, reason: 'Showing who is calling is switched off for this phone.' };
  const held = entry === undefined ? undefined : holds(row, entry);
  if (entry !== undefined && held !== undefined) return { how: 'held', shows: entry.label, reason: heldBy[held] };
  if (display === null) {
    return { how: 'nothing', shows: null, reason: isKnownToDesk ? 'This contact is kept off the phones.' : 'Nobody is known by this number.' };
  }
  const why = entry === undefined ? whyNotHeld(row) : 'The phone has not read its contacts since this number came.';
  return { how: 'look-up', shows: display, reason: `${why} Doorline’s page and apps look it up while it rings; the phone’s own dialler shows the number.` };
}

/** What each phone in use would show if this number called, and why. Nothing rings and nothing is logged. */
export async function simulateCall(ctx: Context, number: string): Promise<Simulation> {
  const { e164, result } = await explainCaller(ctx, number, { agentId: ctx.actor.id });
  const rows = await listPhonesInUse(ctx.db, mostPhones + 1);
  const entries = new Map<number, EntryRow | undefined>();
  const phones: SimulatedPhone[] = [];
  for (const row of rows.slice(0, mostPhones)) {
    const directoryId = row.directory_id ?? 0;
    if (!entries.has(directoryId)) {
      const [entry] = e164 === null ? [] : await listEntries(ctx.db, directoryId, [Number(e164.slice(1))]);
      entries.set(directoryId, entry?.is_removed === 1 ? undefined : entry);
    }
    const asPhone = actingAs(ctx, { kind: 'device', id: row.id, name: row.name, agentId: row.agent_id });
    const match = await findCaller(asPhone, number, { agentId: row.agent_id, withoutDeal: true });
    const found = { entry: entries.get(directoryId), display: match?.display ?? null, isKnownToDesk: result !== null };
    phones.push({ id: row.id, name: row.name, agentName: row.agent_name, ...outcomeOf(row, found) });
  }
  return { phones, more: rows.length > mostPhones };
}
