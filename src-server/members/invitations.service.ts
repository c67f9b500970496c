import { recordAct } from '../audit/audit.service.ts';
import { NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { publish } from '../live/live.service.ts';
import { issueLink, mailLink } from './member-links.service.ts';
import { personName } from './member-names.ts';
import type { InvitationInput, InvitationResult, MemberLink } from './members.contract.ts';
import { MemberNotReady } from './members.errors.ts';
import { findContact, findMember, findMemberOfContact, insertMember, updateMember } from './members.queries.ts';

type Contact = NonNullable<Awaited<ReturnType<typeof findContact>>>;

/** Why this contact is not invited, in words for the manager; null when they can be. */
function reasonToSkip(contact: Contact, memberState: string | undefined): string | null {
  if (memberState === 'active') return 'Has access already and can sign in. Make a password link if the password was forgotten.';
  if (memberState === 'disabled') return 'Was shut out of the portal. Let them in again first.';
  if (contact.email === null) return 'Has no e-mail address. Add one to the contact: it is what they sign in with.';
  return null;
}

async function inviteContact(ctx: Context, contact: Contact, memberId: string | undefined): Promise<MemberLink & { readonly memberId: string }> {
  const id = memberId ?? newId();
  const now = isoNow(ctx);
  if (memberId === undefined) await insertMember(ctx.db, { id, contact_id: contact.id, state: 'invited', invited_at: now, created_at: now, updated_at: now });
  else await updateMember(ctx.db, id, { invited_at: now, updated_at: now });
  const link = await issueLink(ctx, id, 'invitation');
  await recordAct(ctx, { action: 'member.invited', target: { kind: 'member', id, name: personName(contact) }, detail: { contactId: contact.id } });
  return { ...link, memberId: id };
}

/**
 * Invites contacts, or those invited before once more: each gets a link that works once, and with `sendMail` a mail with
 * it in their language. Who can't be invited is named with the reason; the others are invited all the same.
 */
export function inviteContacts(ctx: Context, { contactIds, sendMail }: InvitationInput): Promise<InvitationResult> {
  return inTransaction(ctx, async (ctx) => {
    const result: InvitationResult = { invited: [], skipped: [] };
    for (const contactId of new Set(contactIds)) {
      const contact = await findContact(ctx.db, contactId);
      if (contact === undefined) {
        result.skipped.push({ contactId, name: '', reason: 'This contact is not there any more.' });
        continue;
      }
      const name = personName(contact);
      const member = await findMemberOfContact(ctx.db, contactId);
      const reason = reasonToSkip(contact, member?.state);
      if (reason !== null) {
        result.skipped.push({ contactId, name, reason });
        continue;
      }
      const email = contact.email ?? '';
      const { memberId, ...link } = await inviteContact(ctx, contact, member?.id);
      if (sendMail) await mailLink(ctx, { email, name, language: contact.language }, link);
      result.invited.push({ memberId, contactId, name, email, link: link.link, expiresAt: link.expiresAt });
    }
    if (result.invited.length > 0) await publish(ctx, { audience: 'agents', kind: 'member', payload: { invited: result.invited.length } });
    return result;
  });
}

/**
 * A new link for the manager to hand over: the invitation again, or a password reset. Earlier links end.
 * @throws MemberNotReady when the member is shut out or has no address to sign in with.
 */
export function makeMemberLink(ctx: Context, memberId: string): Promise<MemberLink> {
  return inTransaction(ctx, async (ctx) => {
    const member = await findMember(ctx.db, memberId);
    if (member === undefined) throw new NotFound('This member');
    if (member.state === 'disabled') throw new MemberNotReady('This member is shut out of the portal. Let them in again first.');
    if (member.email === null) throw new MemberNotReady('This contact has no e-mail address to sign in with. Add one first.');

    const link = await issueLink(ctx, memberId, member.state === 'invited' ? 'invitation' : 'password-reset');
    await recordAct(ctx, { action: 'member.link-made', target: { kind: 'member', id: memberId, name: personName(member) }, detail: { kind: link.kind } });
    return link;
  });
}
