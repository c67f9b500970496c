import { InternalNote, Message, NoteInput } from '../conversations/conversations.contract.ts';
import { OnceHeaders, onceKey } from '../http/once-headers.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { ById, PageQuery } from '../kernel/primitives.contract.ts';
import { EngagementPage } from '../people/people.contract.ts';
import { listTimeline } from '../people/timeline.service.ts';
import { openTicket } from './open-ticket.service.ts';
import { countTickets, listTickets } from './ticket-list.service.ts';
import { addComment, addNote, replyAsAgent } from './ticket-replies.service.ts';
import { CommentInput, ReplyInput, Ticket, TicketCounts, TicketInput, TicketPage, TicketPatch, TicketQuery, TicketView } from './tickets.contract.ts';
import { changeTicket, getTicket } from './tickets.service.ts';

export const ticketRoutes: Routes = (app) => {
  app.get('/tickets', { schema: { querystring: TicketQuery, response: { 200: TicketPage } } }, (request) => listTickets(contextOf(request), request.query));
  app.get('/tickets/counts', { schema: { response: { 200: TicketCounts } } }, (request) => countTickets(contextOf(request)));
  app.post('/tickets', { schema: { body: TicketInput, response: { 201: Ticket } } }, async (request, reply) =>
    reply.status(201).send(await openTicket(contextOf(request), request.body)),
  );
  app.get('/tickets/:id', { schema: { params: ById, querystring: TicketView, response: { 200: Ticket } } }, (request) =>
    getTicket(contextOf(request), request.params.id, request.query.before),
  );
  app.get('/tickets/:id/timeline', { schema: { params: ById, querystring: PageQuery, response: { 200: EngagementPage } } }, (request) =>
    listTimeline(contextOf(request), { ticketId: request.params.id }, request.query),
  );
  app.patch('/tickets/:id', { schema: { params: ById, body: TicketPatch, response: { 200: Ticket } } }, (request) =>
    changeTicket(contextOf(request), request.params.id, request.body),
  );
  app.post(
    '/tickets/:id/messages',
    { schema: { params: ById, headers: OnceHeaders, body: ReplyInput, response: { 201: Message } } },
    async (request, reply) => {
      const sending = { ticketId: request.params.id, input: request.body, key: onceKey(request.headers) };
      return reply.status(201).send(await replyAsAgent(contextOf(request), sending));
    },
  );
  app.post('/tickets/:id/notes', { schema: { params: ById, body: NoteInput, response: { 201: InternalNote } } }, async (request, reply) =>
    reply.status(201).send(await addNote(contextOf(request), request.params.id, request.body)),
  );
  app.post('/tickets/:id/comments', { schema: { params: ById, body: CommentInput, response: { 201: InternalNote } } }, async (request, reply) =>
    reply.status(201).send(await addComment(contextOf(request), request.params.id, request.body)),
  );
};
