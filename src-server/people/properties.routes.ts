import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { Property, PropertyInput, PropertyPage, PropertyPatch, PropertyQuery } from './people.contract.ts';
import { changeProperty, createProperty, pageOfProperties, removeProperty } from './properties.service.ts';

export const propertyRoutes: Routes = (app) => {
  app.get('/properties', { schema: { querystring: PropertyQuery, response: { 200: PropertyPage } } }, (request) =>
    pageOfProperties(contextOf(request), request.query.object),
  );
  app.post('/properties', { schema: { body: PropertyInput, response: { 201: Property } } }, async (request, reply) =>
    reply.status(201).send(await createProperty(contextOf(request), request.body)),
  );
  app.patch('/properties/:id', { schema: { params: ById, body: PropertyPatch, response: { 200: Property } } }, (request) =>
    changeProperty(contextOf(request), request.params.id, request.body),
  );
  app.delete('/properties/:id', { schema: { params: ById } }, async (request, reply) => {
    await removeProperty(contextOf(request), request.params.id);
    return reply.status(204).send();
  });
};
