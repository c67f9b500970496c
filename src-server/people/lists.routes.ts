import { contextOf, type Routes } from '../http/scopes.ts';
import { ById, PageQuery } from '../kernel/primitives.contract.ts';
import { listContacts } from './contacts.service.ts';
import { changeList, changeListMembers, createList, getList, listLists, removeList } from './lists.service.ts';
import { ContactPage, List, ListInput, ListMembersChange, ListPage, ListPatch } from './people.contract.ts';

export const listRoutes: Routes = (app) => {
  app.get('/lists', { schema: { response: { 200: ListPage } } }, (request) => listLists(contextOf(request)));
  app.post('/lists', { schema: { body: ListInput, response: { 201: List } } }, async (request, reply) =>
    reply.status(201).send(await createList(contextOf(request), request.body)),
  );
  app.get('/lists/:id', { schema: { params: ById, response: { 200: List } } }, (request) => getList(contextOf(request), request.params.id));
  app.patch('/lists/:id', { schema: { params: ById, body: ListPatch, response: { 200: List } } }, (request) =>
    changeList(contextOf(request), request.params.id, request.body),
  );
  app.delete('/lists/:id', { schema: { params: ById } }, async (request, reply) => {
    await removeList(contextOf(request), request.params.id);
    return reply.status(204).send();
  });
  app.get('/lists/:id/members', { schema: { params: ById, querystring: PageQuery, response: { 200: ContactPage } } }, (request) =>
    listContacts(contextOf(request), { ...request.query, listId: request.params.id }),
  );
  app.patch('/lists/:id/members', { schema: { params: ById, body: ListMembersChange, response: { 200: List } } }, (request) =>
    changeListMembers(contextOf(request), request.params.id, request.body),
  );
};
