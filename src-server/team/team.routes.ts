import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { Agent, AgentInput, AgentPage, AgentPatch } from './team.contract.ts';
import { addAgent, changeAgent, listAgents } from './team.service.ts';

export const teamRoutes: Routes = (app) => {
  app.get('/agents', { schema: { response: { 200: AgentPage } } }, (request) => listAgents(contextOf(request)));
  app.post('/agents', { schema: { body: AgentInput, response: { 201: Agent } } }, async (request, reply) =>
    reply.status(201).send(await addAgent(contextOf(request), request.body)),
  );
  app.patch('/agents/:id', { schema: { params: ById, body: AgentPatch, response: { 200: Agent } } }, (request) =>
    changeAgent(contextOf(request), request.params.id, request.body),
  );
};
