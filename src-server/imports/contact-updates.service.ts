import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { inSavepoint } from '../database/savepoint.ts';
import { changeOwner, savePropertyValuesOf, type PropertyValue } from '../people/bulk-people.service.ts';
import { patchContact } from '../people/contacts.service.ts';
import type { ContactPatch } from '../people/people.contract.ts';
import { withFields } from '../people/number-fields.ts';
import { numbersOf, replaceNumbers } from '../phone-numbers/phone-numbers.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import type { ContactDraft, DraftNumbers } from './drafts.ts';
import { chosenValue, type Replaced, type Run } from './import-run.ts';
import { listContacts, listPropertyValues } from './imports.queries.ts';
import type { Remark } from './row-reader.ts';

// A contact who is there already: what the file changes, by the chosen policy, and what it replaced.

/** The fields of a contact that an import may change, as it writes them. */
export interface ContactState {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly jobTitle: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly companyId: string | null;
  readonly ownerAgentId: string | null;
  /** Number fields as they were typed. */
  readonly phone: string;
  readonly mobile: string;
  readonly other: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly updatedAt: string;
}

const patchable = ['firstName', 'lastName', 'email', 'jobTitle', 'language', 'country', 'companyId', 'phone', 'mobile'] as const;

export async function readContactStates(ctx: Context, ids: readonly string[]): Promise<Map<string, ContactState>> {
  if (ids.length === 0) return new Map();
  const rows = await listContacts(ctx.db, ids);
  const numbers = await numbersOf(ctx, 'contact', ids);
  const values = Map.groupBy(await listPropertyValues(ctx.db, ids), (row) => row.record_id);
  return new Map(
    rows.map((row) => {
      const own = numbers.get(row.id) ?? [];
      const raw = (field: string) => [...new Set(own.filter((number) => number.field === field).map((number) => number.raw))].join('; ');
      return [
        row.id,
        {
          firstName: row.first_name,
          lastName: row.last_name,
          email: row.email,
          jobTitle: row.job_title,
          language: row.language,
          country: row.country,
          companyId: row.company_id,
          ownerAgentId: row.owner_agent_id,
          phone: raw('phone'),
          mobile: raw('mobile'),
          other: raw('other'),
          updatedAt: row.updated_at,
          properties: new Map((values.get(row.id) ?? []).map((value) => [value.property_id, value.value])),
        },
      ];
    }),
  );
}

/** What the file has for a contact, ready to be compared. */
export interface Incoming {
  readonly draft: ContactDraft;
  readonly companyId: string | null;
  readonly numbers: readonly DraftNumbers[];
  /** The country the numbers were read with. */
  readonly country: string;
  readonly values: readonly PropertyValue[];
  /** False where another contact has the address. */
  readonly mayHaveEmail: boolean;
}

export interface ContactChange {
  readonly patch: ContactPatch;
  readonly ownerAgentId?: string;
  readonly other?: string;
  readonly values: readonly PropertyValue[];
  readonly replaced: NonNullable<Replaced['fields']>;
}

function typedNumbers(numbers: readonly DraftNumbers[], field: string): string {
  const reads = numbers.find((number) => number.field === field)?.reads ?? [];
  return [...new Set(reads.map((read) => read.raw))].join('; ');
}

/** The differences the policy lets through. Undefined when there are none. */
export function contactChange(run: Run, ours: ContactState, { draft, companyId, numbers, country, values, mayHaveEmail }: Incoming): ContactChange | undefined {
  const policy = run.options.onExisting;
  const theirs = {
    firstName: draft.firstName,
    lastName: draft.lastName,
    email: mayHaveEmail ? draft.email : null,
    jobTitle: draft.jobTitle,
    language: draft.language,
    country: draft.country,
    companyId,
    phone: typedNumbers(numbers, 'phone'),
    mobile: typedNumbers(numbers, 'mobile'),
  };
  const patch: Record<string, string | null> = {};
  const replaced: Record<string, readonly [unknown, unknown]> = {};
  for (const field of patchable) {
    const value = chosenValue<string | null>(policy, ours[field], theirs[field]);
    if (value === undefined) continue;
    patch[field] = value;
    replaced[field] = [ours[field], value];
  }
  // Numbers of another country than the desk's stay readable when the contact is edited.
  const isForeign = (patch['phone'] ?? patch['mobile']) !== undefined && ours.country === null && patch['country'] === undefined && country !== run.homeCountry;
  if (isForeign) {
    patch['country'] = country;
    replaced['country'] = [null, country];
  }
  const other = chosenValue<string>(policy, ours.other, typedNumbers(numbers, 'other'));
  if (other !== undefined) replaced['other'] = [ours.other, other];
  const owner = chosenValue(policy, ours.ownerAgentId, draft.ownerAgentId);
  if (owner !== undefined) replaced['ownerAgentId'] = [ours.ownerAgentId, owner];
  const changedValues = values.filter(
    ({ propertyId, value }) => chosenValue<string | null>(policy, ours.properties.get(propertyId) ?? '', value) !== undefined,
  );
  for (const { propertyId, value } of changedValues) replaced[`value:${propertyId}`] = [ours.properties.get(propertyId) ?? '', value];
  if (Object.keys(replaced).length === 0) return undefined;
  return {
    patch,
    ...(typeof owner === 'string' ? { ownerAgentId: owner } : {}),
    ...(other === undefined ? {} : { other }),
    values: changedValues,
    replaced,
  };
}

/** Writes a change on its own: a contact who can't take it leaves the others alone. The reason, where it was refused. */
export async function writeContactChange(ctx: Context, id: string, change: ContactChange): Promise<Remark | undefined> {
  try {
    await inSavepoint(ctx, async () => {
      await savePropertyValuesOf(ctx, id, change.values);
      if (change.ownerAgentId !== undefined) await changeOwner(ctx, 'contacts', { id, agentId: change.ownerAgentId });
      if (change.other !== undefined) await changeOtherNumbers(ctx, id, change.other);
      // Also without a field of its own: lists and searches follow from the values.
      await patchContact(ctx, id, change.patch);
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const [problem] = error.fields;
    return { column: problem?.path ?? '', message: problem?.message ?? error.message };
  }
}

/** The form has no field for other numbers, so no patch either. */
export async function changeOtherNumbers(ctx: Context, id: string, other: string): Promise<void> {
  const known = (await numbersOf(ctx, 'contact', [id])).get(id) ?? [];
  const [contact] = await listContacts(ctx.db, [id]);
  const { country } = await readSettings(ctx, companySettings);
  await replaceNumbers(ctx, { kind: 'contact', id }, withFields(known, { other }), { country: contact?.country ?? country });
}
