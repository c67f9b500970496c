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
import { applyToCompany, applyToContact } from './apply-changes.service.ts';
import { changesBetween, readPhoneCard, type PhoneCard } from './phone-card.ts';
import { type AcceptedEdit, type ShownChange, SuggestedChange, type SuggestedEdit, type SuggestedEditPage } from './suggested-edits.contract.ts';
import { EditDecided } from './suggested-edits.errors.ts';
import {
  countEditsOf,
  countOpenEdits,
  decideEdit,
  deleteOpenEdits,
  findCompanyId,
  findContactEmail,
  findEdit,
  forgetDecidedEdits,
  insertEdit,
  listEditsOfCard,
  openEdits,
} from './suggested-edits.queries.ts';

const mostOfOnePhone = 500;
const mostCounted = 1000;

/** Whose card it is; nobody's is one that the phone made, or one of a number that several people answer. */
export type CardSubject = { readonly kind: 'contact' | 'company'; readonly id: string } | { readonly kind: 'nobody' | 'several' };

/** A card as a phone wants it, and as we have it. */
export interface EditedCard {
  readonly device: { readonly id: string; readonly state: string };
  readonly card: string;
  readonly of: CardSubject;
  readonly ours: string | undefined;
  readonly theirs: string;
}

const fieldsOfCompanies = new Set(['company', 'phone', 'mobile', 'number']);

interface Cards {
  readonly known: PhoneCard | undefined;
  readonly wanted: PhoneCard;
}

async function changesOfContact(ctx: Context, id: string, { known, wanted }: Cards): Promise<SuggestedChange[]> {
  const contact = await findContactEmail(ctx.db, id);
  if (contact === undefined) return [];
  return changesBetween(known === undefined ? undefined : { ...known, emails: contact.email === null ? [] : [contact.email] }, wanted);
}

async function changesOfCompany(ctx: Context, id: string, { known, wanted }: Cards): Promise<SuggestedChange[]> {
  if (wanted.company === null || (await findCompanyId(ctx.db, id)) === undefined) return [];
  // A company has one field of numbers.
  const numbers = wanted.numbers.map(({ number }) => ({ number, isMobile: false }));
  return changesBetween(known, { ...wanted, numbers }).filter(({ field }) => fieldsOfCompanies.has(field));
}

/** Name and numbers are put together by the desk; a person's name typed onto them is somebody the desk does not know. */
function changesOfSeveral({ known, wanted }: Cards): SuggestedChange[] {
  const isNamed = wanted.firstName !== known?.firstName || wanted.lastName !== known.lastName;
  return isNamed ? changesBetween(undefined, { ...wanted, company: wanted.company === known?.company ? null : wanted.company }) : [];
}

/** What there is to decide: nothing when the card's owner is gone, or the card says nothing that can be kept. */
async function changesOf(ctx: Context, of: CardSubject, cards: Cards): Promise<SuggestedChange[]> {
  if (of.kind === 'contact') return changesOfContact(ctx, of.id, cards);
  if (of.kind === 'company') return changesOfCompany(ctx, of.id, cards);
  return of.kind === 'several' ? changesOfSeveral(cards) : changesBetween(undefined, cards.wanted);
}

/**
 * Keeps what somebody changed on a phone for an admin to decide. One edit a card is open at a time, and what was decided
 * once is not asked again. Whether there is something to decide.
 */
export async function suggestEdit(ctx: Context, { device, card, of, ours, theirs }: EditedCard): Promise<boolean> {
  const { country } = await readSettings(ctx, companySettings);
  const wanted = readPhoneCard(theirs, country);
  if (wanted === undefined) return false;
  const known = ours === undefined ? undefined : readPhoneCard(ours, country);
  return inTransaction(ctx, async (ctx) => {
    const changes = await changesOf(ctx, of, { known, wanted });
    const text = JSON.stringify(changes);
    const before = await listEditsOfCard(ctx.db, device.id, card);
    if (changes.length > 0 && before.some((edit) => edit.wanted === text)) return false;
    await deleteOpenEdits(ctx.db, device.id, card);
    if (changes.length === 0 || (await countEditsOf(ctx.db, device.id, mostOfOnePhone)) === mostOfOnePhone) return false;
    await insertEdit(ctx.db, {
      id: newId(),
      device_id: device.id,
      card,
      contact_id: of.kind === 'contact' ? of.id : null,
      company_id: of.kind === 'company' ? of.id : null,
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
        company: row.company_id === null ? null : { id: row.company_id, name: row.company_name ?? '' },
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
 * Does to the contact or company what was done on the phone; a card the phone made becomes a contact.
 * @throws NotFound, EditDecided, InvalidInput
 */
export function acceptEdit(ctx: Context, id: string): Promise<AcceptedEdit> {
  return inTransaction(ctx, async (ctx) => {
    const { changes, contact_id, company_id, device_id, device_name } = await decide(ctx, id, 'accepted');
    const detail = { phone: { id: device_id, name: device_name }, changes };
    if (company_id !== null) {
      const { name } = await applyToCompany(ctx, company_id, changes);
      await recordAct(ctx, { action: 'suggested-edit.accepted', target: { kind: 'company', id: company_id, name }, detail });
      return { contactId: null, companyId: company_id };
    }
    const contact = await applyToContact(ctx, contact_id, changes);
    await recordAct(ctx, { action: 'suggested-edit.accepted', target: { kind: 'contact', id: contact.id, name: contact.displayName }, detail });
    return { contactId: contact.id, companyId: null };
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
