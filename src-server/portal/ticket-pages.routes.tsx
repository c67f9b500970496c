import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf, type Routes } from '../http/scopes.ts';
import { AppError, NotFound } from '../kernel/app-error.ts';
import { visible } from '../kernel/primitives.contract.ts';
import type { TextKey } from '../locales/locales.ts';
import { getCustomerTicket, listCustomerTickets, openCustomerAttachment } from '../tickets/customer-tickets.service.ts';
import { memberOf, viewerOf } from './admission.ts';
import { emptyDraft, type ComposeDraft } from './compose-draft.ts';
import { readComposeForm, type SentForm } from './compose-form.ts';
import { asMember, discardDraft, keepDraft, keepTyped, loadDraft, sendReply, sendTicket } from './compose.service.ts';
import { readListQuery } from './list-query.ts';
import { memberView, sendPage } from './render-page.tsx';
import { fieldOf } from './sign-in.routes.tsx';
import type { ComposeProps } from './views/compose.tsx';
import { NewTicketPage } from './views/new-ticket-page.tsx';
import { TicketListPage } from './views/ticket-list-page.tsx';
import { TicketPage } from './views/ticket-page.tsx';
import { hasProblems, type Problems } from './views/view.ts';

const longestText = 100_000;
const longestSubject = 200;

function noticeOf(request: FastifyRequest, notices: Readonly<Record<string, TextKey>>): string | undefined {
  const done = fieldOf(request.query, 'done');
  const key = Object.hasOwn(notices, done) ? notices[done] : undefined;
  return key === undefined ? undefined : request.visit.translator.t(key);
}

async function sendList(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const query = readListQuery(request.query as Readonly<Record<string, unknown>>);
  const { t } = request.visit.translator;
  const page = await listCustomerTickets(contextOf(request), viewerOf(request), {
    limit: 25,
    state: query.state,
    view: query.view,
    sort: query.sort,
    direction: query.direction,
    ...(query.search === '' ? {} : { search: query.search }),
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  });
  const title = t(page.view === 'organisation' && page.canViewOrganisation ? 'list.titleOrganisation' : 'list.title');
  return sendPage(reply, { title, body: (view) => <TicketListPage view={memberView(view, memberOf(request))} query={query} page={page} notice={undefined} /> });
}

type ComposeState = Omit<ComposeProps, 'view'> & { readonly status?: number };

/** The form as it is opened: with what was written here before, if anything. */
async function openCompose(request: FastifyRequest, place: string): Promise<ComposeState> {
  const kept = await loadDraft(contextOf(request), place);
  return { draft: kept ?? emptyDraft(place), problems: {}, isRestored: kept !== undefined };
}

function ticketNumber(request: FastifyRequest): number {
  const text = fieldOf(request.params, 'number');
  if (!/^[1-9]\d{0,14}$/u.test(text)) throw new NotFound('This ticket');
  return Number(text);
}

async function sendTicketPage(request: FastifyRequest, reply: FastifyReply, compose: ComposeState): Promise<FastifyReply> {
  const before = fieldOf(request.query, 'before');
  const number = ticketNumber(request);
  const ticket = await getCustomerTicket(contextOf(request), viewerOf(request), { number, ...(before === '' ? {} : { before }) });
  const notice = noticeOf(request, { replied: 'ticket.replied', filed: 'ticket.filed' });
  return sendPage(reply, {
    title: ticket.subject,
    status: compose.status ?? 200,
    hasProblems: hasProblems(compose.problems),
    body: (plain) => {
      const view = memberView(plain, memberOf(request));
      return <TicketPage view={view} ticket={ticket} compose={{ ...compose, view }} notice={notice} isEarlier={before !== ''} />;
    },
  });
}

function sendNewTicketPage(request: FastifyRequest, reply: FastifyReply, compose: ComposeState): FastifyReply {
  const { settings, translator } = request.visit;
  if (!settings.canFileTickets) throw new NotFound('This page');
  return sendPage(reply, {
    title: translator.t('form.title'),
    status: compose.status ?? 200,
    hasProblems: hasProblems(compose.problems),
    body: (plain) => {
      const view = memberView(plain, memberOf(request));
      return <NewTicketPage view={view} compose={{ ...compose, view }} />;
    },
  });
}

function problemsOf(request: FastifyRequest, { draft, fileProblems }: SentForm, withSubject: boolean): Problems {
  const { t } = request.visit.translator;
  const problems: Record<string, string> = {};
  const subject = draft.subject.trim();
  if (withSubject && !visible.test(subject)) problems['subject'] = t('form.subjectMissing');
  if (withSubject && subject.length > longestSubject) problems['subject'] = t('form.subjectTooLong');
  if (!visible.test(draft.text)) problems['text'] = t(withSubject ? 'form.textMissing' : 'ticket.replyMissing');
  if (draft.text.trim().length > longestText) problems['text'] = t('ticket.tooLong');
  if (fileProblems.length > 0) problems['files'] = fileProblems.join(' ');
  return problems;
}

interface Composing {
  readonly place: string;
  readonly withSubject: boolean;
  readonly send: (draft: ComposeDraft) => Promise<number>;
  readonly sent: (number: number) => string;
  readonly show: (compose: ComposeState) => Promise<FastifyReply> | FastifyReply;
}

/** Keeps the text of a form whose session timed out while it was written, for its owner only. */
async function keepForLater(request: FastifyRequest, reply: FastifyReply, { draft, hadForeignFiles }: SentForm): Promise<FastifyReply> {
  const { endedSession, base } = request.visit;
  if (endedSession !== undefined) {
    const ctx = asMember(contextOf(request), endedSession);
    await keepTyped(ctx, draft);
  }
  const next = encodeURIComponent(`tickets/${draft.place}`);
  return reply.redirect(`${base}/sign-in?why=${hadForeignFiles ? 'files' : 'kept'}&next=${next}`, 303);
}

/** Takes a message form to its end: sent, thrown away, kept for later, or shown again with everything typed and why. */
async function takeMessage(request: FastifyRequest, reply: FastifyReply, composing: Composing): Promise<FastifyReply> {
  const ctx = contextOf(request);
  const form = await readComposeForm(request, composing.place);
  if (request.visit.session === undefined) return keepForLater(request, reply, form);

  const { draft } = form;
  if (form.isDiscarded) {
    await discardDraft(ctx, draft.place);
    return reply.redirect(request.url, 303);
  }
  const problems = problemsOf(request, form, composing.withSubject);
  if (hasProblems(problems)) {
    await keepDraft(ctx, draft);
    return composing.show({ draft, problems, isRestored: false, status: 422 });
  }
  try {
    return await reply.redirect(composing.sent(await composing.send(draft)), 303);
  } catch (error) {
    if (!(error instanceof AppError) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error;
    const { t } = request.visit.translator;
    const isAboutFiles = error.fields?.some((field) => field.path === 'attachmentIds') === true;
    const kept = { ...draft, files: isAboutFiles ? [] : draft.files };
    await keepDraft(ctx, kept);
    const told: Problems = isAboutFiles ? { files: t('files.gone') } : { '': error.kind === 'conflict' ? t('ticket.closedMeanwhile') : error.message };
    return composing.show({ draft: kept, problems: told, isRestored: false, status: error.kind === 'conflict' ? 409 : 422 });
  }
}

async function takeReply(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { base, session } = request.visit;
  const number = ticketNumber(request);
  // Whether the ticket is theirs is decided before a single file is stored.
  if (session !== undefined) await getCustomerTicket(contextOf(request), viewerOf(request), { number });
  return takeMessage(request, reply, {
    place: String(number),
    withSubject: false,
    send: (draft) => sendReply(contextOf(request), viewerOf(request), draft),
    sent: (to) => `${base}/tickets/${to}?done=replied`,
    show: (compose) => sendTicketPage(request, reply, compose),
  });
}

async function takeTicket(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { base, settings } = request.visit;
  if (!settings.canFileTickets) throw new NotFound('This page');
  return takeMessage(request, reply, {
    place: 'new',
    withSubject: true,
    send: (draft) => sendTicket(contextOf(request), viewerOf(request), draft),
    sent: (number) => `${base}/tickets/${number}?done=filed`,
    show: (compose) => sendNewTicketPage(request, reply, compose),
  });
}

/** What the script sends while somebody types. */
async function takeDraft(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, endedSession } = request.visit;
  const owner = session ?? endedSession;
  const place = fieldOf(request.body, 'place');
  if (owner === undefined || !/^(?:new|[1-9]\d{0,14})$/u.test(place)) throw new NotFound('This place');
  const subject = fieldOf(request.body, 'subject').slice(0, 1000);
  const text = fieldOf(request.body, 'text')
    .replaceAll('\r\n', '\n')
    .slice(0, longestText + 1000);
  await keepTyped(asMember(contextOf(request), owner), { place, subject, text });
  return reply.status(204).send();
}

/** The tickets of who is signed in. */
export const ticketPageRoutes: Routes = (app) => {
  app.get('/tickets', sendList);

  app.get('/tickets/new', async (request, reply) => sendNewTicketPage(request, reply, await openCompose(request, 'new')));
  app.post('/tickets/new', { config: { takesFiles: true, isUpload: true, keepsText: true } }, takeTicket);

  app.get('/tickets/:number', async (request, reply) => sendTicketPage(request, reply, await openCompose(request, String(ticketNumber(request)))));
  app.post('/tickets/:number', { config: { takesFiles: true, isUpload: true, keepsText: true } }, takeReply);

  app.get('/files/:id', async (request, reply) => {
    const wish = fieldOf(request.query, 'download') === '1' ? 'download' : 'show';
    const { stream, headers } = await openCustomerAttachment(contextOf(request), viewerOf(request), fieldOf(request.params, 'id'), wish);
    return reply.headers(headers).send(stream);
  });

  app.post('/draft', { config: { keepsText: true } }, takeDraft);
};
