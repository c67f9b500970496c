import type { z } from 'zod';
import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { addCompany, changeCompany, findCompanyByName, getCompany } from '../people/companies.service.ts';
import { changeContact, createContact, getContact } from '../people/contacts.service.ts';
import { CompanyInput, CompanyPatch, ContactInput, ContactPatch, type Company, type Contact } from '../people/people.contract.ts';
import type { SuggestedChange } from './suggested-edits.contract.ts';

type Changes = readonly SuggestedChange[];

async function companyIdOf(ctx: Context, name: string | null): Promise<string | null> {
  if (name === null) return null;
  return (await findCompanyByName(ctx, name))?.id ?? (await addCompany(ctx, CompanyInput.parse({ name })));
}

/** What stands in a number field once numbers were added and taken away; undefined when that changes nothing. */
function fieldAfter(owner: Pick<Contact, 'numbers'> | undefined, field: 'phone' | 'mobile', changes: Changes): string | undefined {
  const removed = new Set(changes.filter((change) => change.field === 'number').map((change) => change.from));
  const present = owner?.numbers.filter((number) => number.field === field) ?? [];
  const kept = present.filter((number) => number.e164 === null || !removed.has(number.e164));
  const added = changes.flatMap((change) => (change.field === field && change.to !== null ? [change.to] : []));
  if (kept.length === present.length && added.length === 0) return undefined;
  return [...new Set([...kept.map((number) => number.raw), ...added])].join('; ');
}

/** @throws InvalidInput when there is more than a field can hold. */
function checked<Schema extends z.ZodType>(schema: Schema, fields: Readonly<Record<string, string | null>>): z.output<Schema> {
  const { data, error } = schema.safeParse(fields);
  if (error !== undefined) throw new InvalidInput(error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  return data;
}

/** Does to a contact what the changes say; without a contact, makes one. */
export async function applyToContact(ctx: Context, contactId: string | null, changes: Changes): Promise<Contact> {
  const contact = contactId === null ? undefined : await getContact(ctx, contactId);
  const fields: Record<string, string | null> = {};
  for (const { field, to } of changes) {
    if (field === 'firstName' || field === 'lastName') fields[field] = to ?? '';
    if (field === 'email') fields[field] = to;
    if (field === 'company') fields['companyId'] = await companyIdOf(ctx, to);
  }
  for (const field of ['phone', 'mobile'] as const) {
    const text = fieldAfter(contact, field, changes);
    if (text !== undefined) fields[field] = text;
  }
  return contactId === null ? createContact(ctx, checked(ContactInput, fields)) : changeContact(ctx, contactId, checked(ContactPatch, fields));
}

/** Does to a company what the changes say. */
export async function applyToCompany(ctx: Context, companyId: string, changes: Changes): Promise<Company> {
  const phone = fieldAfter(await getCompany(ctx, companyId), 'phone', changes);
  const name = changes.find((change) => change.field === 'company')?.to;
  const fields = { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
  return changeCompany(ctx, companyId, checked(CompanyPatch, fields));
}
