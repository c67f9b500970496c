import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { hashSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import { recordEngagement } from '../people/timeline.service.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { commonPasswords } from './common-passwords.ts';
import { issueLink, mailLink, mailPasswordChanged } from './member-links.service.ts';
import { canonicalEmail, personName } from './member-names.ts';
import type { MemberLink } from './members.contract.ts';
import { LinkNotUsable, PasswordRefused, TooManyTries, WrongCurrentPassword } from './members.errors.ts';
import { endLinks, findMember, linkByHash, memberByEmail, updateMember, useLink, type MemberRow } from './members.queries.ts';
import { hashPassword, isPasswordOf } from './password-hashing.ts';
import { passwordProblem } from './password-rules.ts';
import { deleteSessionsOf } from './sessions.queries.ts';
import { forgetTries } from './throttle.queries.ts';
import { accountKey, takeTry } from './throttle.service.ts';

type Person = Pick<MemberRow, 'first_name' | 'last_name' | 'email'>;

/** @throws PasswordRefused */
async function requireGoodPassword(ctx: Context, person: Person, password: string): Promise<void> {
  const [portal, company] = [await readSettings(ctx, portalSettings), await readSettings(ctx, companySettings)];
  const context = [
    person.first_name,
    person.last_name,
    `${person.first_name}${person.last_name}`,
    person.email ?? '',
    portal.title,
    company.name,
    'doorline',
    'support',
  ];
  const problem = passwordProblem(password, { context, common: await commonPasswords() });
  if (problem !== null) throw new PasswordRefused(problem);
}

/** Stores the new password; every session and every open link ends, and the owner is told by mail. */
async function storePassword(ctx: Context, member: MemberRow, passwordHash: string): Promise<void> {
  const now = isoNow(ctx);
  await updateMember(ctx.db, member.id, { password_hash: passwordHash, updated_at: now });
  await deleteSessionsOf(ctx.db, member.id);
  await endLinks(ctx.db, member.id, now);
}

function recipientOf(member: MemberRow) {
  return { email: member.email ?? '', name: personName(member), language: member.language };
}

/** Whom a link is for, without using it up: mail scanners open links before people do. */
export async function readLink(ctx: Context, token: string): Promise<{ readonly kind: MemberLink['kind']; readonly name: string; readonly email: string }> {
  const link = await ctx.hot.first(linkByHash, { tokenHash: hashSecret(token), now: isoNow(ctx) });
  if (link === undefined || link.email === null) throw new LinkNotUsable();
  // Written by issueLink only.
  return { kind: link.kind as MemberLink['kind'], name: personName(link), email: link.email };
}

/**
 * Sets the password with a link, which ends with it. Someone invited becomes a member by it.
 * @throws LinkNotUsable
 * @throws PasswordRefused; the link stays good.
 */
export async function setPasswordByLink(
  ctx: Context,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<{ readonly memberId: string }> {
  const tokenHash = hashSecret(token);
  const link = await ctx.hot.first(linkByHash, { tokenHash, now: isoNow(ctx) });
  if (link === undefined) throw new LinkNotUsable();
  await requireGoodPassword(ctx, link, password);
  // Before the transaction: nothing else could be written while the hash is worked out.
  const passwordHash = await hashPassword(password);

  return inTransaction(ctx, async (ctx) => {
    const used = await useLink(ctx.db, { tokenHash, at: isoNow(ctx) });
    const member = used === undefined ? undefined : await findMember(ctx.db, used.member_id);
    if (member === undefined || member.state === 'disabled') throw new LinkNotUsable();

    const isFirst = member.state === 'invited';
    await storePassword(ctx, member, passwordHash);
    await forgetTries(ctx.db, accountKey(member.email ?? ''));
    if (isFirst) await joinPortal(ctx, member);
    else await mailPasswordChanged(ctx, recipientOf(member));
    return { memberId: member.id };
  });
}

async function joinPortal(ctx: Context, member: MemberRow): Promise<void> {
  const name = personName(member);
  const asMember: Context = { ...ctx, actor: { kind: 'member', id: member.id, name, contactId: member.contact_id } };
  await updateMember(ctx.db, member.id, { state: 'active', activated_at: isoNow(ctx) });
  await recordEngagement(asMember, {
    kind: 'joined-portal',
    contactId: member.contact_id,
    companyId: member.company_id,
    summary: `${name} joined the portal`,
    isInternal: true,
  });
  await publish(asMember, { audience: 'agents', kind: 'member', payload: { memberId: member.id, contactId: member.contact_id } });
}

/**
 * Mails a link to set a new password, if the address is a member's. Says nothing either way: whoever calls it answers
 * everybody the same and calls it after the answer, so that not even the time tells.
 */
export async function requestPasswordReset(ctx: Context, { email, ip }: { readonly email: string; readonly ip: string }): Promise<void> {
  const address = canonicalEmail(email);
  try {
    await takeTry(ctx, { key: `reset:address:${ip}`, most: 30, windowMinutes: 60 });
    await takeTry(ctx, { key: `reset:${accountKey(address)}`, most: 3, windowMinutes: 60 });
  } catch (error) {
    if (error instanceof TooManyTries) return;
    throw error;
  }
  const member = await ctx.hot.first(memberByEmail, { email: address });
  if (member === undefined || member.state === 'disabled') return;
  await inTransaction(ctx, async (ctx) => mailLink(ctx, recipientOf(member), await issueLink(ctx, member.id, 'password-reset')));
}

/**
 * Changes the password of who is signed in. All their sessions end: the caller starts a new one for this browser.
 * @throws WrongCurrentPassword
 * @throws PasswordRefused
 */
export async function changePassword(ctx: Context, input: { readonly memberId: string; readonly current: string; readonly next: string }): Promise<void> {
  const member = await findMember(ctx.db, input.memberId);
  if (member === undefined) throw new WrongCurrentPassword();
  await takeTry(ctx, { key: `change:${member.id}`, most: 10, windowMinutes: 15 });
  if (!(await isPasswordOf(member.password_hash ?? undefined, input.current))) throw new WrongCurrentPassword();
  await requireGoodPassword(ctx, member, input.next);
  const passwordHash = await hashPassword(input.next);

  await inTransaction(ctx, async (ctx) => {
    await storePassword(ctx, member, passwordHash);
    await forgetTries(ctx.db, `change:${member.id}`);
    await mailPasswordChanged(ctx, recipientOf(member));
  });
}
