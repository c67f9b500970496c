import type { FastifyReply } from 'fastify';
import { noteForTrace } from '../devices/trace-requests.ts';
import { readBasic } from '../http/basic-auth.ts';
import { contextOf, type Authenticate } from '../http/scopes.ts';
import { davHeader } from './dav-answer.ts';
import { admit } from './dav-auth.service.ts';

async function refuse(reply: FastifyReply, why: string): Promise<undefined> {
  await reply.status(401).header('www-authenticate', 'Basic realm="Doorline contacts", charset="UTF-8"').type('text/plain; charset=utf-8').send(`${why}\n`);
  return undefined;
}

/**
 * Lets phones in by their device id and the password of their address book. The first request of a connection comes
 * without: that is how clients find out what to send, and nothing to count or log.
 */
export const authenticateDav: Authenticate = async (request, reply) => {
  reply.header('dav', davHeader);
  const credentials = readBasic(request.headers.authorization);
  if (credentials === undefined) return refuse(reply, 'Sign in with the phone’s own account.');
  const admission = await admit(contextOf(request), credentials);
  if (admission.kind === 'let in') return admission.actor;
  if (admission.deviceId !== undefined) {
    noteForTrace(request, { deviceId: admission.deviceId, note: admission.kind === 'wait' ? 'too many wrong passwords' : admission.why });
  }
  if (admission.kind === 'refused') return refuse(reply, 'This account is not known here, or no longer.');
  await reply
    .status(503)
    .header('retry-after', String(admission.seconds))
    .type('text/plain; charset=utf-8')
    .send('Too many wrong passwords. Try again later.\n');
  return undefined;
};
