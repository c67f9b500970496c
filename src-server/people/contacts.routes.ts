import { contextOf, type Routes } from '../http/scopes.ts';
import { ById, PageQuery } from '../kernel/primitives.contract.ts';
import { changeContact, createContact, getContact, listContacts, removeContact } from './contacts.service.ts';
import { Contact, ContactInput, ContactPage, ContactPatch, ContactQuery, EngagementPage } from './people.contract.ts';
import { listTimeline } from './timeline.service.ts';

export const contactRoutes: Routes = (app) => {
  app.get('/contacts', { schema: { querystring: ContactQuery, response: { 200: ContactPage } } }, (request) => listContacts(contextOf(request), request.query));
  app.post('/contacts', { schema: { body: ContactInput, response: { 201: Contact } } }, async (request, reply) =>
    reply.status(201).send(await createContact(contextOf(request), request.body)),
  );
  app.get('/contacts/:id', { schema: { params: ById, response: { 200: Contact } } }, (request) => getContact(contextOf(request), request.params.id));
  app.patch('/contacts/:id', { schema: { params: ById, body: ContactPatch, response: { 200: Contact } } }, (request) =>
    changeContact(contextOf(request), request.params.id, request.body),
  );
  app.delete('/contacts/:id', { schema: { params: ById } }, async (request, reply) => {
    await removeContact(contextOf(request), request.params.id);
    return reply.status(204).send();
  });
  app.get('/contacts/:id/timeline', { schema: { params: ById, querystring: PageQuery, response: { 200: EngagementPage } } }, (request) =>
    listTimeline(contextOf(request), { contactId: request.params.id }, request.query),
  );
};
