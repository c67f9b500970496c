import { contextOf, type Routes } from '../http/scopes.ts';
import { AuditPage, AuditQuery } from './audit.contract.ts';
import { listAuditLog } from './audit.service.ts';

export const auditRoutes: Routes = (app) => {
  app.get('/audit', { schema: { querystring: AuditQuery, response: { 200: AuditPage } } }, (request) => listAuditLog(contextOf(request), request.query));
};
