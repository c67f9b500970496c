import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { addPipeline, changePipeline, listPipelines } from './pipelines.service.ts';
import { Pipeline, PipelineInput, PipelinePage } from './tickets.contract.ts';

export const pipelineRoutes: Routes = (app) => {
  app.get('/pipelines', { schema: { response: { 200: PipelinePage } } }, (request) => listPipelines(contextOf(request)));
  app.post('/pipelines', { schema: { body: PipelineInput, response: { 201: Pipeline } } }, async (request, reply) =>
    reply.status(201).send(await addPipeline(contextOf(request), request.body)),
  );
  app.put('/pipelines/:id', { schema: { params: ById, body: PipelineInput, response: { 200: Pipeline } } }, (request) =>
    changePipeline(contextOf(request), request.params.id, request.body),
  );
};
