import type { Context } from '../kernel/context.ts';
import { changeOwner, savePropertyValuesOf } from '../people/bulk-people.service.ts';
import { patchCompany } from '../people/companies.service.ts';
import { patchContact } from '../people/contacts.service.ts';
import { changeDeal } from '../people/deals.service.ts';
import { changeImportedTicket } from '../tickets/import-tickets.service.ts';
import { readCompanyStates } from './companies-importer.service.ts';
import { changeOtherNumbers, readContactStates } from './contact-updates.service.ts';
import { dealPatch, readDealState } from './deals-importer.service.ts';
import type { RecordKind, Replaced } from './import-run.ts';
import { listPropertyValues } from './imports.queries.ts';
import { readTicketState } from './tickets-importer.service.ts';

interface Restored {
  readonly kind: RecordKind;
  readonly id: string;
  readonly fields: NonNullable<Replaced['fields']>;
  readonly updatedAt: string | undefined;
}

type State = Readonly<Record<string, string | null>>;

/** The record as it is now, by the names that imports use. Undefined when it is gone. */
async function stateOf(ctx: Context, { kind, id }: Restored): Promise<State | undefined> {
  if (kind === 'ticket') return readTicketState(ctx, id);
  if (kind === 'deal') return readDealState(ctx, id);
  const states: Map<string, object> = kind === 'contact' ? await readContactStates(ctx, [id]) : await readCompanyStates(ctx, [id]);
  const state = states.get(id);
  return state === undefined ? undefined : { ...state, properties: null };
}

const fieldNames: Readonly<Record<string, string>> = {
  firstName: 'first name',
  lastName: 'last name',
  email: 'e-mail address',
  jobTitle: 'job title',
  companyId: 'company',
  contactId: 'contact',
  ownerAgentId: 'owner',
  assigneeId: 'assignee',
  stageId: 'stage',
  phone: 'phone number',
  mobile: 'mobile phone number',
  other: 'other phone number',
  closeDate: 'close date',
  isOpen: 'state',
};

/**
 * Puts fields back to what they were before an import, in the caller's transaction. Those that somebody changed since
 * stay; each is told in a sentence.
 */
export async function restoreFields(ctx: Context, restored: Restored): Promise<string[]> {
  const now = await stateOf(ctx, restored);
  if (now === undefined) return [];
  const values = new Map((await listPropertyValues(ctx.db, [restored.id])).map((value) => [value.property_id, value.value]));
  const messages: string[] = [];
  const back: Record<string, string | null> = {};
  const valuesBack: { propertyId: string; value: string }[] = [];
  for (const [field, [before, after]] of Object.entries(restored.fields)) {
    if (field === 'contacts') continue;
    const propertyId = field.startsWith('value:') ? field.slice('value:'.length) : undefined;
    const current = propertyId === undefined ? (now[field] ?? null) : (values.get(propertyId) ?? '');
    if (current !== after) messages.push(`The ${propertyId === undefined ? (fieldNames[field] ?? field) : 'property'} was changed since the import and stays.`);
    else if (propertyId === undefined) back[field] = before as string | null;
    else valuesBack.push({ propertyId, value: before as string });
  }
  await savePropertyValuesOf(ctx, restored.id, valuesBack);
  // A record that is wholly as it was counts as unchanged since then, for the undoing of earlier imports.
  const { updatedAt } = restored;
  const asBefore = messages.length === 0 && updatedAt !== undefined ? { ...ctx, now: () => new Date(updatedAt) } : ctx;
  await writeBack(asBefore, restored, { back, now });
  return messages;
}

async function writeBack(ctx: Context, { kind, id }: Restored, { back, now }: { readonly back: State; readonly now: State }): Promise<void> {
  const { ownerAgentId, other, ...patch } = back;
  if (kind === 'contact') {
    if (ownerAgentId !== undefined) await changeOwner(ctx, 'contacts', { id, agentId: ownerAgentId });
    if (typeof other === 'string') await changeOtherNumbers(ctx, id, other);
    await patchContact(ctx, id, patch);
  }
  if (kind === 'company') {
    if (ownerAgentId !== undefined) await changeOwner(ctx, 'companies', { id, agentId: ownerAgentId });
    await patchCompany(ctx, id, patch);
  }
  if (kind === 'deal') await changeDeal(ctx, id, dealPatch(back, now));
  if (kind === 'ticket') {
    // A contact brings their company along, so the company is always named with them.
    const company = back['contactId'] === undefined ? {} : { companyId: now['companyId'] ?? null };
    await changeImportedTicket(ctx, id, { ...company, ...back });
  }
}
