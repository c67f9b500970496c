import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearHostCookie } from '../http/cookies.ts';
import { contextOf } from '../http/scopes.ts';
import { visitorActor, type Actor } from '../kernel/context.ts';
import { touchSession, type MemberSession } from '../members/sessions.service.ts';
import type { CustomerViewer } from '../tickets/customer-tickets.contract.ts';
import { sendClosedPage, sendNotFoundPage } from './problem-answers.tsx';
import { getPortalSettings } from './portal.service.ts';
import { isReservedSlug } from './reserved-slugs.ts';
import { openVisit, sessionCookie } from './visit.ts';

/** The page needs a member, and the request has none: answered already. */
type Answered = undefined;

/**
 * Opens a visit for any address of the portal. While the portal is closed, or when the first part of the address is not
 * its slug, the visit ends here.
 */
export async function admitVisitor(request: FastifyRequest, reply: FastifyReply): Promise<Actor | Answered> {
  const ctx = contextOf(request);
  const { slug } = request.params as { slug?: string };
  if (slug !== undefined && isReservedSlug(slug)) {
    // An address of another feature that is not there: its clients read problem+json.
    reply.callNotFound();
    return undefined;
  }
  const settings = await getPortalSettings(ctx);
  // The portal's own forms are told apart by their origin, which browsers leave out under `no-referrer`.
  reply.header('referrer-policy', 'same-origin');
  if (!settings.isOn) {
    await sendClosedPage(request, reply, settings);
    return undefined;
  }
  request.visit = await openVisit(ctx, request, settings);
  if (slug !== undefined && slug !== settings.slug) {
    if (settings.formerSlugs.includes(slug)) await reply.redirect(request.url.replace(`/${slug}`, `/${settings.slug}`), 307);
    else await sendNotFoundPage(reply);
    return undefined;
  }
  return visitorActor;
}

function actorOf(session: MemberSession): Actor {
  return { kind: 'member', id: session.memberId, name: session.name, contactId: session.contactId };
}

/**
 * Admits a signed-in member. Who is not is sent to sign in and comes back afterwards. A form of a session that timed out
 * passes as a visitor's: its route keeps what was typed and does nothing else with it.
 */
export async function admitMember(request: FastifyRequest, reply: FastifyReply): Promise<Actor | Answered> {
  const visitor = await admitVisitor(request, reply);
  if (visitor === undefined) return undefined;
  const { session, endedSession, sessionToken } = request.visit;
  if (session !== undefined && sessionToken !== undefined) {
    await touchSession(contextOf(request), sessionToken, session);
    return actorOf(session);
  }
  if (endedSession !== undefined && request.routeOptions.config.keepsText === true) return visitor;
  if (sessionToken !== undefined && endedSession === undefined) clearHostCookie(reply, sessionCookie);
  await reply.redirect(signInAddress(request, endedSession === undefined ? 'needed' : 'expired'), 303);
  return undefined;
}

/** Where to sign in and come back from, for a page that was asked for. */
function signInAddress({ method, url, visit }: FastifyRequest, why: string): string {
  const wanted = method === 'GET' ? url.slice(visit.base.length + 1) : '';
  const next = wanted === '' || wanted === 'tickets' ? '' : `&next=${encodeURIComponent(wanted)}`;
  return `${visit.base}/sign-in?why=${why}${next}`;
}

/** The member of a request that `admitMember` let through. */
export function memberOf(request: FastifyRequest): MemberSession {
  const { session } = request.visit;
  if (session === undefined) throw new Error('This route is not in the member scope.');
  return session;
}

/** The member as tickets know them: what they may see is decided at this very request. */
export function viewerOf(request: FastifyRequest): CustomerViewer {
  const { memberId, contactId, companyId, name, visibility } = memberOf(request);
  return { memberId, contactId, companyId, name, visibility: visibility ?? request.visit.settings.visibility };
}
