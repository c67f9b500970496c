import type { FastifyRequest } from 'fastify';
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

/** The key under which a repeated request is one request (draft-ietf-httpapi-idempotency-key-header). */
function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  const key = (Array.isArray(header) ? header[0] : header)?.trim().replace(/^"(.*)"$/u, '$1');
  return key === undefined || key === '' ? undefined : key.slice(0, 200);
}

const outcomeRoutes: Routes = (app) => {
  app.get('/calls/:id', { schema: { tags: ['Calls'], params: ById, response: { 200: Call } } }, (request) => getCall(contextOf(request), request.params.id));
  app.post('/calls/:id/outcome', { schema: { tags: ['Calls'], params: ById, body: OutcomeInput, response: { 200: Call } } }, (request) =>
    saveOutcome(contextOf(request), request.params.id, { input: request.body, key: keyOf(request) }),
  );
  app.post('/calls/:id/ticket', { schema: { tags: ['Calls'], params: ById, body: CallTicketInput, response: { 201: CallTicket } } }, async (request, reply) =>
    reply.status(201).send(await openTicketForCall(contextOf(request), request.params.id, { input: request.body, key: keyOf(request) })),
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
  app.get('/calls', { schema: { tags: ['Calls'], querystring: CallQuery, response: { 200: CallPage } } }, (request) =>
    listCalls(contextOf(request), request.query),
  );
  app.post('/calls', { schema: { tags: ['Calls'], body: CallEvent, response: { 200: Call } } }, (request) =>
    recordCallEvent(contextOf(request), request.body, keyOf(request)),
  );
  await outcomeRoutes(app);
};
