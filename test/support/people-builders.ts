import type { Context } from '#server/kernel/context.ts';
import { createCompany } from '#server/people/companies.service.ts';
import { createContact } from '#server/people/contacts.service.ts';
import { CompanyInput, ContactInput, type Company, type Contact } from '#server/people/people.contract.ts';
import type { z } from 'zod';

/** A contact, with a name unless the test gives one. */
export function givenContact(ctx: Context, input: z.input<typeof ContactInput> = {}): Promise<Contact> {
  return createContact(ctx, ContactInput.parse({ firstName: 'Anna', lastName: 'Nowak', ...input }));
}

/** A company, with a name unless the test gives one. */
export function givenCompany(ctx: Context, input: Partial<z.input<typeof CompanyInput>> = {}): Promise<Company> {
  return createCompany(ctx, CompanyInput.parse({ name: 'Zielone Tarasy', ...input }));
}
