import { OnceHeaders, onceKey } from '../http/once-headers.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { recordCallEvent } from './call-events.service.ts';
import { exportCalls } from './call-export.service.ts';
import { nameCaller } from './call-contact.service.ts';
import { saveOutcome } from './call-outcomes.service.ts';
import { linkTicket, openTicketForCall } from './call-tickets.service.ts';
import {
  Call,
  CallContactInput,
  CallCount,
  CallEvent,
  CallFilter,
  CallLinkInput,
  CallPage,
  CallQuery,
  CallTicket,
  CallTicketInput,
  DeskCallQuery,
  OutcomeInput,
  PresentCalls,
} from './calls.contract.ts';
import { countLog, getCall, listCalls } from './calls.service.ts';
import { presentCalls } from './present-calls.service.ts';

const tags = ['Calls'];
const usedTwice = 'This key came before, with another body.';
const noCall = 'There is no such call.';

const outcomeRoutes: Routes = (app) => {
  app.get(
    '/calls/:id',
    { schema: { tags, summary: 'One call of the log.', params: ById, response: { 200: Call }, 'x-refusals': { 404: noCall } } },
    (request) => getCall(contextOf(request), request.params.id),
  );
  app.post(
    '/calls/:id/outcome',
    {
      schema: {
        tags,
        summary: 'What came of a call: outcome, note, follow-up tasks, and who it was when several share the number.',
        params: ById,
        headers: OnceHeaders,
        body: OutcomeInput,
        response: { 200: Call },
        'x-refusals': { 404: noCall, 409: usedTwice },
      },
    },
    (request) => saveOutcome(contextOf(request), request.params.id, { input: request.body, key: onceKey(request.headers) }),
  );
  app.post(
    '/calls/:id/ticket',
    {
      schema: {
        tags,
        summary: 'Opens a ticket with the caller as its contact.',
        params: ById,
        headers: OnceHeaders,
        body: CallTicketInput,
        response: { 201: CallTicket },
        'x-refusals': { 404: noCall, 409: usedTwice },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await openTicketForCall(contextOf(request), request.params.id, { input: request.body, key: onceKey(request.headers) })),
  );
};

/** The call log on the console: everybody's. */
export const callRoutes: Routes = async (app) => {
  app.get('/calls', { schema: { querystring: DeskCallQuery, response: { 200: CallPage } } }, (request) => listCalls(contextOf(request), request.query));
  app.get('/calls/count', { schema: { querystring: CallFilter, response: { 200: CallCount } } }, (request) => countLog(contextOf(request), request.query));
  app.get('/calls/export', { schema: { querystring: CallFilter } }, async (request, reply) => {
    const stream = await exportCalls(contextOf(request), request.query);
    return reply.headers({ 'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': 'attachment; filename="calls.csv"' }).send(stream);
  });
  app.get('/calls/now', { schema: { response: { 200: PresentCalls } } }, (request) => presentCalls(contextOf(request)));
  app.put('/calls/:id/contact', { schema: { params: ById, body: CallContactInput, response: { 200: Call } } }, (request) =>
    nameCaller(contextOf(request), request.params.id, request.body.contactId),
  );
  app.put('/calls/:id/ticket', { schema: { params: ById, body: CallLinkInput, response: { 200: Call } } }, (request) =>
    linkTicket(contextOf(request), request.params.id, request.body),
  );
  await outcomeRoutes(app);
};

/** The call log of a phone's agent, and what the phone reports. */
export const deviceCallRoutes: Routes = async (app) => {
  app.get(
    '/calls',
    {
      schema: {
        tags,
        summary: 'The call log of whoever carries the phone, the newest first, with who it was.',
        querystring: CallQuery,
        response: { 200: CallPage },
      },
    },
    (request) => listCalls(contextOf(request), request.query),
  );
  app.post(
    '/calls',
    {
      schema: {
        tags,
        summary: 'Reports one event of a call. Events of one `callId` merge into one entry of the log, in whatever order and however often they arrive.',
        headers: OnceHeaders,
        body: CallEvent,
        response: { 200: Call },
        'x-refusals': { 409: usedTwice },
      },
    },
    (request) => recordCallEvent(contextOf(request), request.body, onceKey(request.headers)),
  );
  await outcomeRoutes(app);
};
