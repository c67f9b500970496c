import { randomBytes } from 'node:crypto';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { hashSecret } from '../kernel/secrets.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import { makeDeviceToken, readDeviceToken } from './known-device.ts';
import { canonicalEmail, personName } from './member-names.ts';
import { SignInRefused } from './members.errors.ts';
import { deleteLinksEndedBefore, memberByEmail, noteSignIn } from './members.queries.ts';
import { isPasswordOf } from './password-hashing.ts';
import {
  deleteSession,
  deleteSessionOf,
  deleteSessionsEndedBefore,
  deleteSessionsOf,
  insertSession,
  listLiveSessions,
  sessionByHash,
  updateLastSeen,
} from './sessions.queries.ts';
import { deleteEndedWindows, forgetTries, takeBackTry } from './throttle.queries.ts';
import { accountKey, takeTry, type Throttle } from './throttle.service.ts';

const shortestAbsoluteMinutes = 12 * 60;
// A page's requests come in bursts; one write a burst is enough for a time-out counted in minutes.
const touchAfterMilliseconds = 30_000;
// An ended session still says whose text an unsent form holds.
const keepEndedMilliseconds = 24 * 3_600_000;

/** Where a request came from, as the server saw it. */
export interface Visit {
  readonly ip: string;
  readonly userAgent: string;
}

/** Who reads a page, as things stand at this request. */
export interface MemberSession {
  readonly id: string;
  readonly csrfSecret: string;
  readonly memberId: string;
  readonly contactId: string;
  readonly companyId: string | null;
  readonly name: string;
  readonly email: string;
  /** Null: the portal's setting. */
  readonly visibility: 'own' | 'company' | null;
  readonly lastSeenAt: string;
  readonly idleEndsAt: string;
  readonly expiresAt: string;
}

export interface StartedSession {
  /** For the browser's cookie: 256 bits. Only its hash is kept. */
  readonly token: string;
  /** Tells this browser apart from strangers' when somebody else uses up the account's tries. */
  readonly deviceToken: string;
  /** How long the cookie should live; undefined: until the browser closes. */
  readonly maxAgeSeconds: number | undefined;
}

async function lifetimes(ctx: Context) {
  const { idleMinutes } = await readSettings(ctx, portalSettings);
  return { idleMinutes, absoluteMinutes: Math.max(shortestAbsoluteMinutes, idleMinutes) };
}

/** Starts a session under a new id. Whatever session the browser had ends, so that nobody can have planted it. */
export async function startSession(
  ctx: Context,
  { memberId, visit, previousToken }: { readonly memberId: string; readonly visit: Visit; readonly previousToken?: string | undefined },
): Promise<StartedSession> {
  const { absoluteMinutes } = await lifetimes(ctx);
  const token = randomBytes(32).toString('base64url');
  const now = isoNow(ctx);
  await inTransaction(ctx, async (ctx) => {
    if (previousToken !== undefined) await deleteSession(ctx.db, hashSecret(previousToken));
    await insertSession(ctx.db, {
      token_hash: hashSecret(token),
      id: newId(),
      member_id: memberId,
      csrf_secret: randomBytes(32).toString('base64url'),
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(ctx.now().getTime() + absoluteMinutes * 60_000).toISOString(),
      ip: visit.ip,
      user_agent: visit.userAgent.slice(0, 300),
    });
  });
  return {
    token,
    deviceToken: makeDeviceToken(ctx, memberId),
    maxAgeSeconds: absoluteMinutes > shortestAbsoluteMinutes ? absoluteMinutes * 60 : undefined,
  };
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly visit: Visit;
  readonly previousToken?: string | undefined;
  readonly deviceToken?: string | undefined;
}

/**
 * Signs a member in by password. A browser that signed this member in before has tries of its own, so that a stranger
 * who guesses can't lock its owner out.
 * @throws SignInRefused, always the same and after the same work
 * @throws TooManyTries
 */
export async function signIn(ctx: Context, input: SignIn): Promise<StartedSession> {
  const email = canonicalEmail(input.email);
  const member = await ctx.hot.first(memberByEmail, { email });
  const device = readDeviceToken(ctx, input.deviceToken);
  const isKnown = device !== undefined && device.memberId === member?.id;
  const byAccount: Throttle = { key: isKnown ? `device:${device.nonce}` : accountKey(email), most: 10, windowMinutes: 15 };
  const byAddress: Throttle = { key: `address:${input.visit.ip}`, most: 100, windowMinutes: 15 };
  if (!isKnown) await takeTry(ctx, byAddress);
  await takeTry(ctx, byAccount);

  const passwordHash = member?.state === 'active' ? (member.password_hash ?? undefined) : undefined;
  const isRight = await isPasswordOf(passwordHash, input.password.slice(0, 1024));
  if (!isRight || member === undefined || passwordHash === undefined) throw new SignInRefused();

  return inTransaction(ctx, async (ctx) => {
    const isStillGood = await noteSignIn(ctx.db, { id: member.id, passwordHash, at: isoNow(ctx) });
    if (!isStillGood) throw new SignInRefused();
    await forgetTries(ctx.db, byAccount.key);
    if (!isKnown) await takeBackTry(ctx.db, byAddress.key);
    return startSession(ctx, { memberId: member.id, visit: input.visit, previousToken: input.previousToken });
  });
}

/**
 * The session a cookie leads to. `ended`: it timed out, but it was real, so that what its browser still sends can be kept
 * for its owner. Undefined: signed out, shut out, or never there.
 */
export async function readSession(ctx: Context, token: string): Promise<{ readonly state: 'live' | 'ended'; readonly session: MemberSession } | undefined> {
  const row = await ctx.hot.first(sessionByHash, { tokenHash: hashSecret(token) });
  if (row === undefined) return undefined;
  const { idleMinutes } = await lifetimes(ctx);
  const now = isoNow(ctx);
  const idleEndsAt = new Date(Date.parse(row.last_seen_at) + idleMinutes * 60_000).toISOString();
  const session: MemberSession = {
    id: row.id,
    csrfSecret: row.csrf_secret,
    memberId: row.member_id,
    contactId: row.contact_id,
    companyId: row.company_id,
    name: personName(row),
    email: row.email ?? '',
    // Written by changeMember only.
    visibility: row.visibility as MemberSession['visibility'],
    lastSeenAt: row.last_seen_at,
    idleEndsAt,
    expiresAt: row.expires_at,
  };
  return { state: idleEndsAt > now && row.expires_at > now ? 'live' : 'ended', session };
}

/** Notes that the session is in use, which puts its idle end off. */
export async function touchSession(ctx: Context, token: string, session: MemberSession): Promise<void> {
  if (ctx.now().getTime() - Date.parse(session.lastSeenAt) < touchAfterMilliseconds) return;
  await updateLastSeen(ctx.db, hashSecret(token), isoNow(ctx));
}

export async function signOut(ctx: Context, token: string): Promise<void> {
  await deleteSession(ctx.db, hashSecret(token));
}

export async function signOutEverywhere(ctx: Context, memberId: string): Promise<void> {
  await deleteSessionsOf(ctx.db, memberId);
}

/** Ends one of the member's own sessions; another's is not there for them. */
export async function endSession(ctx: Context, session: { readonly memberId: string; readonly id: string }): Promise<void> {
  await deleteSessionOf(ctx.db, session);
}

export interface SessionSummary {
  readonly id: string;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly ip: string | null;
  readonly userAgent: string;
}

/** The browsers this member is signed in with now. */
export async function listSessions(ctx: Context, memberId: string): Promise<SessionSummary[]> {
  const { idleMinutes } = await lifetimes(ctx);
  const seenSince = new Date(ctx.now().getTime() - idleMinutes * 60_000).toISOString();
  const rows = await listLiveSessions(ctx.db, { memberId, now: isoNow(ctx), seenSince });
  return rows.map((row) => ({ id: row.id, startedAt: row.created_at, lastSeenAt: row.last_seen_at, ip: row.ip, userAgent: row.user_agent ?? '' }));
}

/** Forgets ended sessions, links and windows of tries. */
export async function forgetEndedSessions(ctx: Context): Promise<void> {
  const endedBefore = new Date(ctx.now().getTime() - keepEndedMilliseconds).toISOString();
  await deleteSessionsEndedBefore(ctx.db, endedBefore);
  await deleteLinksEndedBefore(ctx.db, endedBefore);
  await deleteEndedWindows(ctx.db, isoNow(ctx));
}
