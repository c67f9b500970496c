import { contextOf, type Routes } from '../http/scopes.ts';
import { CallerExplanation, CallerQuery } from './caller-id.contract.ts';
import { explainCaller } from './caller-id.service.ts';

export const callerIdRoutes: Routes = (app) => {
  app.get('/caller-id/explain', { schema: { querystring: CallerQuery, response: { 200: CallerExplanation } } }, (request) => {
    const ctx = contextOf(request);
    return explainCaller(ctx, request.query.number, { agentId: ctx.actor.id });
  });
};
