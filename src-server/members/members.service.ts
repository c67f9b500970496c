import { recordAct } from '../audit/audit.service.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { publish } from '../live/live.service.ts';
import { searchExpression } from '../people/people-search.ts';
import { personName } from './member-names.ts';
import type { Member, MemberPatch, MemberQuery } from './members.contract.ts';
import { endLinks, findMember, memberPage, memberSearchPage, updateMember, type MemberRow } from './members.queries.ts';
import { deleteSessionsOf } from './sessions.queries.ts';

export function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    contactId: row.contact_id,
    name: personName(row),
    email: row.email ?? '',
    // Both columns are written by this feature only, from the contract's values.
    state: row.state as Member['state'],
    visibility: row.visibility as Member['visibility'],
    invitedAt: row.invited_at,
    activatedAt: row.activated_at,
    lastSignInAt: row.last_sign_in_at,
  };
}

/** The members, newest first; when searched for, those whose contact was active last first. */
export async function listMembers(ctx: Context, query: MemberQuery): Promise<Page<Member>> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)?.[0];
  if (query.cursor !== undefined && after === undefined)
    throw new InvalidInput([{ path: 'cursor', message: 'This cursor is not of this list. Start from the first page.' }]);
  const state = query.state === undefined ? {} : { state: query.state };
  if (query.search === undefined || query.search === '') {
    const rows = await memberPage(ctx.db, { ...state, ...(after === undefined ? {} : { before: String(after) }), limit: query.limit + 1 }).execute();
    return toPage(rows, query.limit, { item: toMember, key: (row) => [row.id] });
  }
  const match = searchExpression({ search: query.search });
  if (match === undefined) return { items: [], nextCursor: null };
  const rows = await memberSearchPage(ctx.db, { ...state, match, ...(after === undefined ? {} : { before: Number(after) }), limit: query.limit + 1 }).execute();
  return toPage(rows, query.limit, { item: toMember, key: (row) => [row.activity_rank] });
}

export async function getMember(ctx: Context, id: string): Promise<Member> {
  const row = await findMember(ctx.db, id);
  if (row === undefined) throw new NotFound('This member');
  return toMember(row);
}

/** Changes what a member may see, or shuts them out and lets them in again. Shut out, they are signed out everywhere at once and no link of theirs works. */
export function changeMember(ctx: Context, id: string, patch: MemberPatch): Promise<Member> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findMember(ctx.db, id);
    if (row === undefined) throw new NotFound('This member');

    const state = patch.state === 'active' && row.password_hash === null ? 'invited' : patch.state;
    await updateMember(ctx.db, id, {
      updated_at: isoNow(ctx),
      ...(state === undefined ? {} : { state }),
      ...(patch.visibility === undefined ? {} : { visibility: patch.visibility }),
    });
    if (state === 'disabled') {
      await deleteSessionsOf(ctx.db, id);
      await endLinks(ctx.db, id, isoNow(ctx));
    }
    await recordAct(ctx, { action: 'member.changed', target: { kind: 'member', id, name: personName(row) }, detail: patch });
    await publish(ctx, { audience: 'agents', kind: 'member', payload: { memberId: id, contactId: row.contact_id } });
    return getMember(ctx, id);
  });
}
