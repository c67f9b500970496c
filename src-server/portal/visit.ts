import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setHostCookie } from '../http/cookies.ts';
import { formToken, ForeignForm, requireOwnOrigin } from '../http/csrf.ts';
import type { Context } from '../kernel/context.ts';
import { sameSecret } from '../kernel/secrets.ts';
import { preferredLanguage, translatorFor, type Translator } from '../locales/locales.ts';
import { readSession, type MemberSession } from '../members/sessions.service.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import type { PortalSettings } from './portal.contract.ts';
import { knownZone, visitorTimes, type VisitorTimes } from './visitor-times.ts';

export const sessionCookie = '__Host-doorline';
export const deviceCookie = '__Host-doorline-device';
export const formCookie = '__Host-doorline-form';
export const languageCookie = '__Host-doorline-language';
/** Set by the page's script, so it is not one of the protected kind; it only ever names a time zone. */
export const zoneCookie = 'doorline-zone';

/** One request to the portal: whose it is and how to speak to them. */
export interface Visit {
  readonly settings: PortalSettings;
  readonly companyName: string;
  /** `/{slug}`: every address of the portal starts with it. */
  readonly base: string;
  readonly translator: Translator;
  readonly times: VisitorTimes;
  /** False: the visitor's own zone is not known, and the company's stands in for it. */
  readonly isZoneKnown: boolean;
  readonly session: MemberSession | undefined;
  /** A session that timed out: nothing may be read with it, but what its form holds is kept for its owner. */
  readonly endedSession: MemberSession | undefined;
  readonly sessionToken: string | undefined;
  readonly now: Date;
}

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit;
  }
}

/** Where a request came from, for the session's record. */
export function visitOrigin(request: FastifyRequest) {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

/** Reads who visits and how to speak to them. */
export async function openVisit(ctx: Context, request: FastifyRequest, settings: PortalSettings): Promise<Visit> {
  const company = await readSettings(ctx, companySettings);
  const chosen = readCookie(request, languageCookie);
  const language =
    chosen !== undefined && settings.languages.includes(chosen)
      ? chosen
      : preferredLanguage(request.headers['accept-language'], settings.languages, settings.defaultLanguage);
  const translator = translatorFor(language);
  const ownZone = knownZone(decodeURIComponentSafely(readCookie(request, zoneCookie)));
  const zone = ownZone ?? knownZone(company.timeZone) ?? 'UTC';
  const now = ctx.now();

  const sessionToken = readCookie(request, sessionCookie);
  const found = sessionToken === undefined ? undefined : await readSession(ctx, sessionToken);
  return {
    settings,
    companyName: company.name,
    base: `/${settings.slug}`,
    translator,
    times: visitorTimes({ language: regionalLanguage(translator.language, request.headers['accept-language'], company.country), zone, now }),
    isZoneKnown: ownZone !== undefined,
    session: found?.state === 'live' ? found.session : undefined,
    endedSession: found?.state === 'ended' ? found.session : undefined,
    sessionToken,
    now,
  };
}

/** The language with the region whose days and hours the visitor is used to: their browser's, else the company's. */
function regionalLanguage(language: string, accepted: string | undefined, country: string): string {
  if (language.includes('-')) return language;
  const region = new RegExp(`(?:^|[,\\s])${language}-([A-Za-z]{2})(?![\\w-])`, 'u').exec((accepted ?? '').slice(0, 300))?.[1];
  return `${language}-${(region ?? country).toUpperCase()}`;
}

function decodeURIComponentSafely(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The token for the forms of a page. A visitor who is not signed in gets a secret of their own with the page. */
export function pageToken(request: FastifyRequest, reply: FastifyReply): string {
  const { session } = request.visit;
  if (session !== undefined) return formToken(session.csrfSecret);
  const known = readCookie(request, formCookie);
  if (known !== undefined && /^[\w-]{43}$/u.test(known)) return formToken(known);
  const secret = randomBytes(32).toString('base64url');
  setHostCookie(reply, { name: formCookie, value: secret });
  return formToken(secret);
}

/**
 * Refuses a form that is not one of ours: by what the browser says of its origin, and by the token bound to the session
 * (also one that ended) or to the secret of who was not signed in.
 * @throws ForeignForm
 */
export function requireOwnForm(request: FastifyRequest, token: unknown): void {
  requireOwnOrigin(request);
  const { session, endedSession } = request.visit;
  const secrets = [session?.csrfSecret, endedSession?.csrfSecret, readCookie(request, formCookie)].filter((secret) => secret !== undefined);
  if (typeof token !== 'string' || !secrets.some((secret) => sameSecret(token, formToken(secret)))) throw new ForeignForm();
}

/** The rest of an address inside the portal that may follow signing in. Anything else is not followed: no open redirects. */
export function safeNext(next: unknown): string | undefined {
  return typeof next === 'string' && /^(?:tickets(?:\/(?:new|\d{1,15}))?|account)(?:\?[\w=&%.-]{0,300})?$/u.test(next) ? next : undefined;
}
