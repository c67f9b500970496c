import { contextOf, type Routes } from '../http/scopes.ts';
import { ById, PageQuery } from '../kernel/primitives.contract.ts';
import { changeCompany, createCompany, getCompany, listCompanies, removeCompany } from './companies.service.ts';
import { Company, CompanyInput, CompanyPage, CompanyPatch, CompanyQuery, EngagementPage } from './people.contract.ts';
import { listTimeline } from './timeline.service.ts';

export const companyRoutes: Routes = (app) => {
  app.get('/companies', { schema: { querystring: CompanyQuery, response: { 200: CompanyPage } } }, (request) =>
    listCompanies(contextOf(request), request.query),
  );
  app.post('/companies', { schema: { body: CompanyInput, response: { 201: Company } } }, async (request, reply) =>
    reply.status(201).send(await createCompany(contextOf(request), request.body)),
  );
  app.get('/companies/:id', { schema: { params: ById, response: { 200: Company } } }, (request) => getCompany(contextOf(request), request.params.id));
  app.patch('/companies/:id', { schema: { params: ById, body: CompanyPatch, response: { 200: Company } } }, (request) =>
    changeCompany(contextOf(request), request.params.id, request.body),
  );
  app.delete('/companies/:id', { schema: { params: ById } }, async (request, reply) => {
    await removeCompany(contextOf(request), request.params.id);
    return reply.status(204).send();
  });
  app.get('/companies/:id/timeline', { schema: { params: ById, querystring: PageQuery, response: { 200: EngagementPage } } }, (request) =>
    listTimeline(contextOf(request), { companyId: request.params.id }, request.query),
  );
};
