import type { z } from 'zod';
import {
  InvitationResult,
  Member,
  MemberLink,
  MemberPage,
  type InvitationInput,
  type MemberPatch,
  type MemberQuery,
} from '#server/members/members.contract.ts';
import { call } from './client.ts';
import { pagedList } from './pages.ts';

export function membersQuery(query: Pick<z.input<typeof MemberQuery>, 'state' | 'search'> = {}) {
  return pagedList({ key: ['members'], path: '/members', page: MemberPage, query });
}

export function inviteMembers(input: z.input<typeof InvitationInput>): Promise<InvitationResult> {
  return call({ method: 'POST', path: '/members/invitations', body: input, answer: InvitationResult });
}

export function changeMember(id: string, patch: MemberPatch): Promise<Member> {
  return call({ method: 'PATCH', path: `/members/${id}`, body: patch, answer: Member });
}

/** Makes a one-time link with which a member sets a password: the invitation again while they are invited, else a reset. */
export function makeMemberLink(id: string): Promise<MemberLink> {
  return call({ method: 'POST', path: `/members/${id}/reset-link`, answer: MemberLink });
}
