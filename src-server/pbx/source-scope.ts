import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../http/app-type.ts';
import { readBasic } from '../http/basic-auth.ts';
import { contextOf, type Authenticate } from '../http/scopes.ts';
import { plainAddress } from '../kernel/client-address.ts';
import { UnknownKey, UnknownPhoneBook } from './pbx.errors.ts';
import { readPbxSettings } from './pbx-settings.service.ts';
import { holderOfKey, type SourceRow } from './source-auth.service.ts';
import { selfTestHeader, selfTestMark, type SourceTrace } from './source-trace.service.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose request it is, and what to say of it in the trace. */
    pbx: { readonly source: SourceRow; note: string | null } | undefined;
  }
}

const InPath = z.object({ token: z.string() });

/** The key of a request: a bearer's (RFC 6750), or the password of systems that know user and password only (RFC 7617). */
function keyInHeader(header: string | undefined): string | undefined {
  return /^Bearer (\S+)$/u.exec(header ?? '')?.[1] ?? readBasic(header)?.password;
}

const challenges = {
  header: 'Bearer realm="Doorline telephones"',
  password: 'Basic realm="Doorline phone book", charset="UTF-8"',
} as const;

interface KeyPlace {
  readonly keyIn: 'header' | 'password' | 'path';
}

function keyOf(request: FastifyRequest, { keyIn }: KeyPlace): string | undefined {
  if (keyIn === 'path') return InPath.safeParse(request.params).data?.token;
  return keyIn === 'header' ? keyInHeader(request.headers.authorization) : readBasic(request.headers.authorization)?.password;
}

/**
 * Lets telephone systems in, by a key in a header or, for telephones that can send none, in the path. Those that know
 * user and password only ask without first, to find out what to send: that is nothing to count.
 */
export function authenticateSource({ keyIn }: KeyPlace): Authenticate {
  function refuse(reply: FastifyReply): never {
    if (keyIn === 'path') throw new UnknownPhoneBook();
    reply.header('www-authenticate', challenges[keyIn]);
    throw new UnknownKey();
  }
  return async (request, reply) => {
    const key = keyOf(request, { keyIn });
    if (key === undefined && keyIn === 'password') return refuse(reply);
    const holder = await holderOfKey(contextOf(request), key, request.ip);
    if (holder !== undefined) request.pbx = { source: holder.source, note: holder.isAllowedHere ? null : 'Refused: not from an address it is bound to' };
    if (holder === undefined || !holder.isAllowedHere) return refuse(reply);
    return { kind: 'pbx', id: holder.source.id, name: holder.source.name };
  };
}

/** Lets nobody in by the door without encryption unless the manager allowed it. */
export function onlyWhilePlainIsAllowed(authenticate: Authenticate): Authenticate {
  return async (request, reply) => {
    if (!(await readPbxSettings(contextOf(request))).plainPhoneBooks) throw new UnknownPhoneBook();
    return authenticate(request, reply);
  };
}

/** The source this request was let in for. */
export function sourceOf(request: FastifyRequest): SourceRow {
  if (request.pbx === undefined) throw new Error('This route is not in the scope of telephone systems.');
  return request.pbx.source;
}

/** Says in words what a request came to. */
export function noteOf(request: FastifyRequest, note: string): void {
  if (request.pbx !== undefined) request.pbx.note = note;
}

/** Traces the requests of every system in this scope. */
export function traceSources(app: App, trace: SourceTrace): void {
  app.decorateRequest('pbx', undefined);
  app.addHook('onResponse', async (request, reply) => {
    if (request.pbx === undefined) return;
    const isSelfTest = request.headers[selfTestHeader] === selfTestMark;
    trace.traceRequest(contextOf(request), {
      sourceId: request.pbx.source.id,
      isSelfTest,
      what: `${isSelfTest ? 'Self-test ' : ''}${request.method} ${request.routeOptions.url ?? ''}`.replace('/:token', ''),
      status: reply.statusCode,
      note: request.pbx.note,
      ip: plainAddress(request.ip),
      milliseconds: reply.elapsedTime,
    });
  });
}
