import { z } from 'zod';
import { recordAct } from '../audit/audit.service.ts';
import { announceDevice } from '../devices/devices.service.ts';
import { NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { decodeCursor, toPage } from '../kernel/page.ts';
import type { PageQuery } from '../kernel/primitives.contract.ts';
import { formatForScreen } from '../phone-numbers/phone-number.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { applyChanges } from './apply-changes.service.ts';
import { changesBetween, readPhoneCard } from './phone-card.ts';
import { type AcceptedEdit, type ShownChange, SuggestedChange, type SuggestedEdit, type SuggestedEditPage } from './suggested-edits.contract.ts';
import { EditDecided } from './suggested-edits.errors.ts';
import {
  countEditsOf,
  countOpenEdits,
  decideEdit,
  deleteOpenEdits,
  findContactEmail,
  findEdit,
  forgetDecidedEdits,
  insertEdit,
  listEditsOfCard,
  openEdits,
} from './suggested-edits.queries.ts';

const mostOfOnePhone = 500;
const mostCounted = 1000;

/** A card as a phone wants it, and as we have it. */
export interface EditedCard {
  readonly device: { readonly id: string; readonly state: string };
  readonly card: string;
  /** Null: a card the phone made. */
  readonly contactId: string | null;
  readonly ours: string | undefined;
  readonly theirs: string;
}

/**
 * Keeps what somebody changed on a phone for an admin to decide. One edit a card is open at a time, and what was decided
 * once is not asked again. Whether there is something to decide.
 */
export async function suggestEdit(ctx: Context, { device, card, contactId, ours, theirs }: EditedCard): Promise<boolean> {
  const { country } = await readSettings(ctx, companySettings);
  const wanted = readPhoneCard(theirs, country);
  if (wanted === undefined) return false;
  const known = ours === undefined ? undefined : readPhoneCard(ours, country);
  return inTransaction(ctx, async (ctx) => {
    const contact = contactId === null ? undefined : await findContactEmail(ctx.db, contactId);
    if (contactId !== null && contact === undefined) return false;
    const emails = contact?.email === undefined || contact.email === null ? [] : [contact.email];
    const changes = changesBetween(known === undefined ? undefined : { ...known, emails }, wanted);
    const text = JSON.stringify(changes);
    const before = await listEditsOfCard(ctx.db, device.id, card);
    if (changes.length > 0 && before.some((edit) => edit.wanted === text)) return false;
    await deleteOpenEdits(ctx.db, device.id, card);
    if (changes.length === 0 || (await countEditsOf(ctx.db, device.id, mostOfOnePhone)) === mostOfOnePhone) return false;
    await insertEdit(ctx.db, {
      id: newId(),
      device_id: device.id,
      card,
      contact_id: contactId,
      wanted: text,
      state: 'open',
      at: isoNow(ctx),
      decided_at: null,
      decided_by: null,
    });
    await announceDevice(ctx, device);
    return true;
  });
}

function readChanges(wanted: string): SuggestedChange[] {
  return z.array(SuggestedChange).parse(JSON.parse(wanted));
}

function withDisplay(change: SuggestedChange, country: string): ShownChange {
  const isNumber = change.field === 'mobile' || change.field === 'phone' || change.field === 'number';
  const shown = (value: string | null) => (isNumber && value?.startsWith('+') === true ? formatForScreen(value, country) : value);
  return { ...change, display: { from: shown(change.from), to: shown(change.to) } };
}

/** What is to be decided, the newest first. */
export async function listSuggestedEdits(ctx: Context, query: PageQuery): Promise<SuggestedEditPage> {
  const [at, id] = query.cursor === undefined ? [] : (decodeCursor(query.cursor, 2) ?? []);
  const { country } = await readSettings(ctx, companySettings);
  const rows = await ctx.hot.all(openEdits, { at: String(at ?? '~'), id: String(id ?? '~'), limit: query.limit + 1 });
  const page = toPage(rows, query.limit, {
    item: (row): SuggestedEdit => {
      const name = `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim();
      return {
        id: row.id,
        at: row.at,
        phone: { id: row.device_id, name: row.device_name, agentName: row.agent_name },
        contact: row.contact_id === null ? null : { id: row.contact_id, name: name === '' ? (row.email ?? 'No name') : name },
        changes: readChanges(row.wanted).map((change) => withDisplay(change, country)),
      };
    },
    key: (row) => [row.at, row.id],
  });
  return { ...page, total: Number((await ctx.hot.first(countOpenEdits, { most: mostCounted }))?.count ?? 0) };
}

async function decide(ctx: Context, id: string, state: 'accepted' | 'dismissed') {
  const edit = await findEdit(ctx.db, id);
  if (edit === undefined) throw new NotFound('This suggested edit');
  if (!(await decideEdit(ctx.db, id, { state, at: isoNow(ctx), by: ctx.actor.id }))) throw new EditDecided();
  return { ...edit, changes: readChanges(edit.wanted) };
}

/**
 * Does to the contact what was done on the phone; a card the phone made becomes a contact.
 * @throws NotFound, EditDecided, InvalidInput
 */
export function acceptEdit(ctx: Context, id: string): Promise<AcceptedEdit> {
  return inTransaction(ctx, async (ctx) => {
    const { changes, contact_id, device_id, device_name } = await decide(ctx, id, 'accepted');
    const contact = await applyChanges(ctx, { contactId: contact_id, changes });
    await recordAct(ctx, {
      action: 'suggested-edit.accepted',
      target: { kind: 'contact', id: contact.id, name: contact.displayName },
      detail: { phone: { id: device_id, name: device_name }, changes },
    });
    return { contactId: contact.id };
  });
}

/**
 * Leaves everything as it is; the phone shows ours again already.
 * @throws NotFound, EditDecided
 */
export function dismissEdit(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { changes, device_id, device_name } = await decide(ctx, id, 'dismissed');
    await recordAct(ctx, { action: 'suggested-edit.dismissed', target: { kind: 'device', id: device_id, name: device_name }, detail: { changes } });
  });
}

const daysKept = 180;

/** Forgets what was decided half a year ago. */
export function forgetOldEdits(ctx: Context): Promise<void> {
  return forgetDecidedEdits(ctx.db, new Date(ctx.now().getTime() - daysKept * 86_400_000).toISOString());
}
