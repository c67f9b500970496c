import { inviteContacts } from '#server/members/invitations.service.ts';
import { setPasswordByLink } from '#server/members/passwords.service.ts';
import { createContact } from '#server/people/contacts.service.ts';
import { ContactInput } from '#server/people/people.contract.ts';
import type { Context } from '#server/kernel/context.ts';

export const goodPassword = 'a kettle of seven herrings';

export interface TestPerson {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string | null;
  readonly companyId?: string;
  readonly language?: string;
}

/** A contact, Marta Zielińska unless said otherwise. */
export async function givenContact(ctx: Context, person: TestPerson = {}): Promise<{ readonly id: string; readonly email: string }> {
  const email = person.email === undefined ? 'marta@example.com' : person.email;
  const contact = await createContact(ctx, ContactInput.parse({ firstName: 'Marta', lastName: 'Zielińska', ...person, email }));
  return { id: contact.id, email: email ?? '' };
}

/** Someone invited who has not chosen a password yet. */
export async function givenInvited(ctx: Context, person: TestPerson = {}) {
  const contact = await givenContact(ctx, person);
  const { invited } = await inviteContacts(ctx, { contactIds: [contact.id], sendMail: false });
  const invitation = invited[0];
  if (invitation === undefined) throw new Error('The contact was not invited.');
  return { ...invitation, token: tokenOf(invitation.link) };
}

/** Someone who can sign in with `goodPassword`. */
export async function givenMember(ctx: Context, person: TestPerson & { readonly password?: string } = {}) {
  const { password = goodPassword, ...who } = person;
  const invited = await givenInvited(ctx, who);
  await setPasswordByLink(ctx, { token: invited.token, password });
  return { memberId: invited.memberId, contactId: invited.contactId, email: invited.email, password };
}

/** The secret part of a link. */
export function tokenOf(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1);
}

/** The mails that wait in the outbox, oldest first. */
export async function waitingMails(ctx: Context): Promise<{ to: string; subject: string; text: string }[]> {
  const rows = await ctx.db.selectFrom('outbox').select('payload').where('kind', '=', 'mail').orderBy('id').execute();
  return rows.map((row) => JSON.parse(row.payload));
}
