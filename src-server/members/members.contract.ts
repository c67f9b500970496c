import { z } from 'zod';
import { Id, IsoTime, pageOf, PageQuery } from '../kernel/primitives.contract.ts';

export const Member = z.object({
  id: Id,
  contactId: Id,
  name: z.string(),
  /** The contact's; empty when the contact has none any more, and then the member can't sign in. */
  email: z.string(),
  state: z.enum(['invited', 'active', 'disabled']),
  visibility: z.enum(['own', 'company']).nullable(),
  invitedAt: IsoTime.nullable(),
  activatedAt: IsoTime.nullable(),
  lastSignInAt: IsoTime.nullable(),
});
export type Member = z.infer<typeof Member>;
export const MemberQuery = PageQuery.extend({ state: Member.shape.state.optional(), search: z.string().trim().max(200).optional() });
export type MemberQuery = z.infer<typeof MemberQuery>;
export const MemberPage = pageOf(Member);

/** Invites contacts. Those that can't be invited are named with the reason; the others are invited all the same. */
export const InvitationInput = z.object({ contactIds: z.array(Id).min(1).max(1000), sendMail: z.boolean().default(true) });
export type InvitationInput = z.infer<typeof InvitationInput>;
export const InvitationResult = z.object({
  invited: z.array(z.object({ memberId: Id, contactId: Id, name: z.string(), email: z.string(), link: z.string(), expiresAt: IsoTime })),
  skipped: z.array(z.object({ contactId: Id, name: z.string(), reason: z.string() })),
});
export type InvitationResult = z.infer<typeof InvitationResult>;
export const MemberPatch = z.object({ state: z.enum(['active', 'disabled']), visibility: z.enum(['own', 'company']).nullable() }).partial();
export type MemberPatch = z.infer<typeof MemberPatch>;

/** A one-time link with which the member sets a password: the invitation again while they are invited, else a reset. */
export const MemberLink = z.object({ kind: z.enum(['invitation', 'password-reset']), link: z.string(), expiresAt: IsoTime });
export type MemberLink = z.infer<typeof MemberLink>;
