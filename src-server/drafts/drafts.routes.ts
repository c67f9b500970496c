import { contextOf, type Routes } from '../http/scopes.ts';
import { Draft, DraftInput, DraftPlace } from './drafts.contract.ts';
import { dropDraft, readDraft, saveDraft } from './drafts.service.ts';

export const draftRoutes: Routes = (app) => {
  app.get('/drafts/:place', { schema: { params: DraftPlace, response: { 200: Draft } } }, (request) => readDraft(contextOf(request), request.params.place));
  app.put('/drafts/:place', { schema: { params: DraftPlace, body: DraftInput } }, async (request, reply) => {
    await saveDraft(contextOf(request), request.params.place, request.body.body);
    return reply.status(204).send();
  });
  app.delete('/drafts/:place', { schema: { params: DraftPlace } }, async (request, reply) => {
    await dropDraft(contextOf(request), request.params.place);
    return reply.status(204).send();
  });
};
