import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearHostCookie, readCookie, setHostCookie } from '../http/cookies.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { AppError } from '../kernel/app-error.ts';
import type { TextKey } from '../locales/locales.ts';
import { deviceLifeSeconds } from '../members/known-device.ts';
import { LinkNotUsable, PasswordRefused, TooManyTries } from '../members/members.errors.ts';
import { readLink, requestPasswordReset, setPasswordByLink } from '../members/passwords.service.ts';
import { signIn, signOut, startSession, type StartedSession } from '../members/sessions.service.ts';
import { sendPage } from './render-page.tsx';
import { ChoosePasswordPage, ForgottenPage, ForgottenSentPage, LinkGonePage } from './views/password-pages.tsx';
import { SignInPage } from './views/sign-in-page.tsx';
import { hasProblems, type Problems } from './views/view.ts';
import { deviceCookie, languageCookie, safeNext, sessionCookie, visitOrigin } from './visit.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One text of a posted form or of an address; whatever is not one text counts as empty. */
export function fieldOf(fields: unknown, name: string): string {
  const value = (fields as Fields | null | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

/** Gives the browser its session, and the mark by which it is known at the next sign-in. */
export function setSessionCookies(reply: FastifyReply, started: StartedSession): void {
  const { token, deviceToken, maxAgeSeconds } = started;
  setHostCookie(reply, { name: sessionCookie, value: token, ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }) });
  setHostCookie(reply, { name: deviceCookie, value: deviceToken, maxAgeSeconds: deviceLifeSeconds });
}

const reasons: Readonly<Record<string, readonly TextKey[]>> = {
  needed: ['signIn.needed'],
  expired: ['signIn.expired'],
  kept: ['signIn.expiredKept'],
  files: ['signIn.expiredKept', 'signIn.expiredFiles'],
  out: ['signIn.signedOut'],
  everywhere: ['signIn.signedOutEverywhere'],
};

function sendSignInPage(
  reply: FastifyReply,
  form: { readonly email: string; readonly problems: Problems; readonly next: string | undefined; readonly status?: number },
) {
  const { request } = reply;
  const { t } = request.visit.translator;
  const why = Object.hasOwn(reasons, fieldOf(request.query, 'why')) ? (reasons[fieldOf(request.query, 'why')] ?? []) : [];
  const notices = request.method === 'GET' ? why.map((key) => t(key)) : [];
  return sendPage(reply, {
    title: t('signIn.title'),
    status: form.status ?? 200,
    hasProblems: hasProblems(form.problems),
    body: (view) => <SignInPage view={view} email={form.email} problems={form.problems} notices={notices} next={form.next} />,
  });
}

function problemOfSignIn(request: FastifyRequest, error: unknown): { readonly text: string; readonly status: number } {
  const { t } = request.visit.translator;
  if (error instanceof TooManyTries) return { text: t('signIn.throttled', { count: error.details.minutes }), status: 429 };
  if (error instanceof AppError && error.kind === 'too-many-requests') return { text: t('signIn.busy'), status: 429 };
  if (error instanceof AppError && error.kind === 'unauthenticated') return { text: t('signIn.refused'), status: 422 };
  throw error;
}

async function answerSignIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body } = request;
  const { t } = visit.translator;
  const email = fieldOf(body, 'email');
  const password = fieldOf(body, 'password');
  const next = safeNext(fieldOf(body, 'next'));
  const missing: Problems = {
    email: email.trim() === '' ? t('signIn.emailMissing') : undefined,
    password: password === '' ? t('signIn.passwordMissing') : undefined,
  };
  if (hasProblems(missing)) return sendSignInPage(reply, { email, problems: missing, next, status: 422 });
  try {
    const started = await signIn(contextOf(request), {
      email,
      password,
      visit: visitOrigin(request),
      previousToken: visit.sessionToken,
      deviceToken: readCookie(request, deviceCookie),
    });
    setSessionCookies(reply, started);
    return await reply.redirect(`${visit.base}/${next ?? 'tickets'}`, 303);
  } catch (error) {
    const { text, status } = problemOfSignIn(request, error);
    return sendSignInPage(reply, { email, problems: { '': text }, next, status });
  }
}

interface LinkPage {
  readonly token: string;
  readonly problems: Problems;
}

async function sendLinkPage(reply: FastifyReply, { token, problems }: LinkPage): Promise<FastifyReply> {
  const { request } = reply;
  const { t } = request.visit.translator;
  try {
    const link = await readLink(contextOf(request), token);
    const path = link.kind === 'invitation' ? 'invitation' : 'reset';
    return sendPage(reply, {
      title: link.kind === 'invitation' ? t('password.invitationTitle', { name: link.name }) : t('password.resetTitle'),
      status: hasProblems(problems) ? 422 : 200,
      hasProblems: hasProblems(problems),
      body: (view) => (
        <ChoosePasswordPage
          view={view}
          kind={link.kind}
          action={`${request.visit.base}/${path}/${token}`}
          name={link.name}
          email={link.email}
          problems={problems}
        />
      ),
    });
  } catch (error) {
    if (!(error instanceof LinkNotUsable)) throw error;
    return sendPage(reply, { title: t('link.title'), status: 410, body: (view) => <LinkGonePage view={view} /> });
  }
}

async function answerLink(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const ctx = contextOf(request);
  const { t } = request.visit.translator;
  const token = fieldOf(request.params, 'token');
  const password = fieldOf(request.body, 'password');
  if (password === '') return sendLinkPage(reply, { token, problems: { password: t('password.missing') } });
  try {
    const { memberId } = await setPasswordByLink(ctx, { token, password });
    setSessionCookies(reply, await startSession(ctx, { memberId, visit: visitOrigin(request), previousToken: request.visit.sessionToken }));
    return await reply.redirect(`${request.visit.base}/tickets`, 303);
  } catch (error) {
    if (error instanceof PasswordRefused) return sendLinkPage(reply, { token, problems: { password: t(`password.problem.${error.details.problem}`) } });
    if (error instanceof LinkNotUsable) return sendLinkPage(reply, { token, problems: {} });
    throw error;
  }
}

function answerForgotten(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { t } = request.visit.translator;
  const email = fieldOf(request.body, 'email').trim();
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email) && email.length <= 254;
  if (!isAddress) {
    const problems = { email: t(email === '' ? 'signIn.emailMissing' : 'forgotten.invalid') };
    return sendPage(reply, {
      title: t('forgotten.title'),
      status: 422,
      hasProblems: true,
      body: (view) => <ForgottenPage view={view} email={email} problems={problems} />,
    });
  }
  const ctx = contextOf(request);
  // After the answer has left, so that not even its time tells whether the address is a member's; also when its reader
  // did not wait for it.
  reply.raw.once('close', () => {
    requestPasswordReset(ctx, { email, ip: request.ip }).catch((error: unknown) => ctx.log.error({ err: error }, 'a password reset could not be prepared'));
  });
  return sendPage(reply, { title: t('forgotten.sentTitle'), body: (view) => <ForgottenSentPage view={view} email={email} /> });
}

/** What a visitor reaches who is not signed in. */
export const signInRoutes: Routes = (app) => {
  app.get('/sign-in', (request, reply) => {
    if (request.visit.session !== undefined) return reply.redirect(`${request.visit.base}/tickets`, 303);
    return sendSignInPage(reply, { email: '', problems: {}, next: safeNext(fieldOf(request.query, 'next')) });
  });
  app.post('/sign-in', answerSignIn);

  app.post('/sign-out', async (request, reply) => {
    const { sessionToken, base } = request.visit;
    if (sessionToken !== undefined) await signOut(contextOf(request), sessionToken);
    clearHostCookie(reply, sessionCookie);
    return reply.redirect(`${base}/sign-in?why=out`, 303);
  });

  for (const path of ['/invitation/:token', '/reset/:token']) {
    app.get(path, (request, reply) => sendLinkPage(reply, { token: fieldOf(request.params, 'token'), problems: {} }));
    app.post(path, answerLink);
  }

  app.get('/forgotten', (request, reply) => {
    const { t } = request.visit.translator;
    return sendPage(reply, { title: t('forgotten.title'), body: (view) => <ForgottenPage view={view} email="" problems={{}} /> });
  });
  app.post('/forgotten', answerForgotten);

  app.post('/language', (request, reply) => {
    const { settings, base } = request.visit;
    const language = fieldOf(request.body, 'language');
    if (settings.languages.includes(language)) setHostCookie(reply, { name: languageCookie, value: language, maxAgeSeconds: 365 * 86_400 });
    return reply.redirect(`${base}/${safeNext(fieldOf(request.body, 'next')) ?? backTo(request)}`, 303);
  });
};

/** The page of ours a form was on, as the browser says it; the start page if it does not. */
function backTo(request: FastifyRequest): string {
  const { base } = request.visit;
  const referer = request.headers.referer ?? '';
  if (!URL.canParse(referer)) return '';
  const { host, pathname, search } = new URL(referer);
  if (host !== request.host || !pathname.startsWith(`${base}/`)) return '';
  const inside = `${pathname.slice(base.length + 1)}${search}`;
  return safeNext(inside) ?? /^(?:sign-in|forgotten|(?:invitation|reset)\/[0-9a-z]{10,64})$/u.exec(pathname.slice(base.length + 1))?.[0] ?? '';
}
