import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { Inbox, InboxInput, InboxPage, InboxPatch } from './conversations.contract.ts';
import { addInbox, changeInbox, listInboxes } from './inboxes.service.ts';

export const inboxRoutes: Routes = (app) => {
  app.get('/inboxes', { schema: { response: { 200: InboxPage } } }, (request) => listInboxes(contextOf(request)));
  app.post('/inboxes', { schema: { body: InboxInput, response: { 201: Inbox } } }, async (request, reply) =>
    reply.status(201).send(await addInbox(contextOf(request), request.body)),
  );
  app.patch('/inboxes/:id', { schema: { params: ById, body: InboxPatch, response: { 200: Inbox } } }, (request) =>
    changeInbox(contextOf(request), request.params.id, request.body),
  );
};
