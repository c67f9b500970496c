import type { FastifyRequest } from 'fastify';
import { contextOf, type Routes } from '../http/scopes.ts';
import { claimPairing, completePairing, type Visitor } from './claims.service.ts';
import { ClaimAnswer, ClaimInput, CompleteAnswer, CompleteInput } from './devices.contract.ts';

function visitorOf(request: FastifyRequest): Visitor {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

/** How a phone that scanned the code becomes a device. Public: the one-time token is the only key. */
export const pairingRoutes: Routes = (app) => {
  app.post('/pair/claim', { schema: { tags: ['Pairing'], body: ClaimInput, response: { 202: ClaimAnswer } } }, async (request, reply) =>
    reply.status(202).send(await claimPairing(contextOf(request), request.body, visitorOf(request))),
  );
  app.post('/pair/complete', { schema: { tags: ['Pairing'], body: CompleteInput, response: { 200: CompleteAnswer } } }, (request) =>
    completePairing(contextOf(request), request.body, visitorOf(request)),
  );
};
