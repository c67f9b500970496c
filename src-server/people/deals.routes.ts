import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { changeDeal, createDeal, getDeal, listDeals, removeDeal } from './deals.service.ts';
import { Deal, DealInput, DealPage, DealPatch, DealQuery } from './people.contract.ts';

export const dealRoutes: Routes = (app) => {
  app.get('/deals', { schema: { querystring: DealQuery, response: { 200: DealPage } } }, (request) => listDeals(contextOf(request), request.query));
  app.post('/deals', { schema: { body: DealInput, response: { 201: Deal } } }, async (request, reply) =>
    reply.status(201).send(await createDeal(contextOf(request), request.body)),
  );
  app.get('/deals/:id', { schema: { params: ById, response: { 200: Deal } } }, (request) => getDeal(contextOf(request), request.params.id));
  app.patch('/deals/:id', { schema: { params: ById, body: DealPatch, response: { 200: Deal } } }, (request) =>
    changeDeal(contextOf(request), request.params.id, request.body),
  );
  app.delete('/deals/:id', { schema: { params: ById } }, async (request, reply) => {
    await removeDeal(contextOf(request), request.params.id);
    return reply.status(204).send();
  });
};
