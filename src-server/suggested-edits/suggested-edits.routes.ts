import { contextOf, type Routes } from '../http/scopes.ts';
import { ById, PageQuery } from '../kernel/primitives.contract.ts';
import { AcceptedEdit, SuggestedEditPage } from './suggested-edits.contract.ts';
import { acceptEdit, dismissEdit, listSuggestedEdits } from './suggested-edits.service.ts';

export const suggestedEditRoutes: Routes = (app) => {
  app.get('/suggested-edits', { schema: { querystring: PageQuery, response: { 200: SuggestedEditPage } } }, (request) =>
    listSuggestedEdits(contextOf(request), request.query),
  );
  app.post('/suggested-edits/:id/accept', { schema: { params: ById, response: { 200: AcceptedEdit } } }, (request) =>
    acceptEdit(contextOf(request), request.params.id),
  );
  app.post('/suggested-edits/:id/dismiss', { schema: { params: ById } }, async (request, reply) => {
    await dismissEdit(contextOf(request), request.params.id);
    return reply.status(204).send();
  });
};
