import type { FastifyRequest } from 'fastify';
import { contextOf, type Routes } from '../http/scopes.ts';
import { claimPairing, completePairing, type Visitor } from './claims.service.ts';
import { ClaimAnswer, ClaimInput, CompleteAnswer, CompleteInput } from './devices.contract.ts';

function visitorOf(request: FastifyRequest): Visitor {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

const tags = ['Pairing'];
const gone = 'The code or the claim is unknown, used, declined, cancelled or too old.';
const locked = 'Too many unknown codes came in.';

/** How a phone that scanned the code becomes a device. Public: the one-time token is the only key. */
export const pairingRoutes: Routes = (app) => {
  app.post(
    '/pair/claim',
    {
      schema: {
        tags,
        summary: 'Shows the scanned token, once, and gets the six digits to compare. Nothing else until the manager has approved.',
        body: ClaimInput,
        response: { 202: ClaimAnswer },
        'x-refusals': { 403: 'The phone is on another network; the manager may let it in, and the same token then works.', 410: gone, 429: locked },
      },
    },
    async (request, reply) => reply.status(202).send(await claimPairing(contextOf(request), request.body, visitorOf(request))),
  );
  app.post(
    '/pair/complete',
    {
      schema: {
        tags,
        summary: 'Fetches the keys, once, after the manager has approved. Ask every second or two.',
        body: CompleteInput,
        response: { 200: CompleteAnswer },
        'x-refusals': { 410: gone, 425: 'Nobody has decided yet: ask again.', 429: locked },
      },
    },
    (request) => completePairing(contextOf(request), request.body, visitorOf(request)),
  );
};
