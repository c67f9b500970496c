import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearHostCookie } from '../http/cookies.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import type { TextKey } from '../locales/locales.ts';
import { PasswordRefused, TooManyTries, WrongCurrentPassword } from '../members/members.errors.ts';
import { changePassword } from '../members/passwords.service.ts';
import { endSession, listSessions, signOutEverywhere, startSession } from '../members/sessions.service.ts';
import { memberOf } from './admission.ts';
import { memberView, sendPage } from './render-page.tsx';
import { fieldOf, setSessionCookies } from './sign-in.routes.tsx';
import { AccountPage } from './views/account-page.tsx';
import { hasProblems, type Problems } from './views/view.ts';
import { sessionCookie, visitOrigin } from './visit.ts';

const notices: Readonly<Record<string, TextKey>> = { password: 'account.changed', ended: 'account.ended' };

async function sendAccount(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { readonly problems: Problems; readonly status?: number },
): Promise<FastifyReply> {
  const member = memberOf(request);
  const { t } = request.visit.translator;
  const sessions = await listSessions(contextOf(request), member.memberId);
  const done = fieldOf(request.query, 'done');
  const notice = Object.hasOwn(notices, done) ? notices[done] : undefined;
  return sendPage(reply, {
    title: t('account.title'),
    status: form.status ?? 200,
    hasProblems: hasProblems(form.problems),
    body: (view) => (
      <AccountPage view={memberView(view, member)} sessions={sessions} problems={form.problems} notice={notice === undefined ? undefined : t(notice)} />
    ),
  });
}

function problemsOfChange(request: FastifyRequest, error: unknown): Problems {
  const { t } = request.visit.translator;
  if (error instanceof WrongCurrentPassword) return { current: t('account.currentWrong') };
  if (error instanceof PasswordRefused) return { password: t(`password.problem.${error.details.problem}`) };
  if (error instanceof TooManyTries) return { current: t('signIn.throttled', { count: error.details.minutes }) };
  throw error;
}

async function takePassword(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const ctx = contextOf(request);
  const { memberId } = memberOf(request);
  const { base, translator } = request.visit;
  const current = fieldOf(request.body, 'current');
  const next = fieldOf(request.body, 'password');
  const missing: Problems = {
    current: current === '' ? translator.t('account.currentMissing') : undefined,
    password: next === '' ? translator.t('password.missing') : undefined,
  };
  if (hasProblems(missing)) return sendAccount(request, reply, { problems: missing, status: 422 });
  try {
    await changePassword(ctx, { memberId, current, next });
  } catch (error) {
    return sendAccount(request, reply, { problems: problemsOfChange(request, error), status: 422 });
  }
  setSessionCookies(reply, await startSession(ctx, { memberId, visit: visitOrigin(request) }));
  return reply.redirect(`${base}/account?done=password`, 303);
}

/** What a member decides about their own account. */
export const accountRoutes: Routes = (app) => {
  app.get('/account', (request, reply) => sendAccount(request, reply, { problems: {} }));
  app.post('/account/password', takePassword);

  app.post('/account/sessions', async (request, reply) => {
    await endSession(contextOf(request), { memberId: memberOf(request).memberId, id: fieldOf(request.body, 'session') });
    return reply.redirect(`${request.visit.base}/account?done=ended`, 303);
  });
  app.post('/account/sign-out-everywhere', async (request, reply) => {
    await signOutEverywhere(contextOf(request), memberOf(request).memberId);
    clearHostCookie(reply, sessionCookie);
    return reply.redirect(`${request.visit.base}/sign-in?why=everywhere`, 303);
  });

  // “Stay signed in”: that the request came is what counts.
  app.post('/session', (request, reply) => reply.redirect(`${request.visit.base}/tickets`, 303));
};
