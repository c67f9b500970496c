import { contextOf, type Routes } from '../http/scopes.ts';
import { DeskStatus } from './insights.contract.ts';
import { getStatus } from './insights.service.ts';

export const insightRoutes: Routes = (app) => {
  app.get('/status', { schema: { response: { 200: DeskStatus } } }, (request) => getStatus(contextOf(request)));
};
