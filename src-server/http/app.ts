import type { IncomingMessage } from 'node:http';
import type { SecureContextOptions } from 'node:tls';
import fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { speakPlainly } from '../kernel/plain-words.ts';
import type { App } from './app-type.ts';
import { handleErrors, toProblem, sendProblem } from './errors.ts';
import { endStreamsOnClose } from './event-stream.ts';
import { requestLog } from './request-log.ts';
import { requireScopes } from './scopes.ts';
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.ts';
import { endSlowBodies, usualPatience, type Patience } from './slow-bodies.ts';

export interface AppOptions {
  readonly ctx: Context;
  readonly logger: FastifyBaseLogger;
  /** PEM certificate and key: the plane speaks TLS. Left out: plain HTTP. */
  readonly tls?: SecureContextOptions;
  /** Largest body in bytes of a route that does not say otherwise. Uploads are streamed and have their own limit. */
  readonly bodyLimit?: number;
  readonly patience?: Patience;
}

/**
 * An address that can't be decoded, such as `/50%`, becomes one that leads nowhere: Fastify would answer it before any
 * hook, without security headers and without asking who calls.
 */
function decodable(url: string): string {
  const [path = '', ...query] = url.split('?');
  return decoded(path) === undefined ? [path.replaceAll('%', '%25'), ...query].join('?') : url;
}

/** What it decodes to is used, because bundlers take this call for one without effect and leave it out otherwise. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** An empty plane: validation, errors, security headers and scopes in place, no route yet. */
export function createApp({ ctx, logger, tls, bodyLimit = 1_048_576, patience = usualPatience }: AppOptions): App {
  speakPlainly();
  // Node looks only every 30 seconds if nobody says otherwise, and takes these for TLS from the TLS options alone.
  const heads = { headersTimeout: patience.head, connectionsCheckingInterval: patience.head / 5 };
  const options = {
    loggerInstance: logger,
    childLoggerFactory: requestLog,
    genReqId: () => newId(),
    rewriteUrl: (request: IncomingMessage) => decodable(request.url ?? '/'),
    bodyLimit,
    trustProxy: false,
    // Bodies have their own patience, see `slow-bodies.ts`.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    // Requests under way end by themselves when the server stops; what is still open after that is cut by `server.ts`.
    forceCloseConnections: 'idle',
    http: heads,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 500 },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // An address that can't be read reaches no hook and no route.
    async frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
      setSecurityHeaders(reply);
      await sendProblem(reply, toProblem(error, request));
    },
  } as const;
  // Fastify types a TLS instance by another server class; routes never see the difference.
  const app = (tls === undefined
    ? fastify(options)
    : fastify({ ...options, https: { ...tls, ...heads, handshakeTimeout: patience.head, minVersion: 'TLSv1.2' } })) as unknown as App;

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  addSecurityHeaders(app);
  endStreamsOnClose(app);
  endSlowBodies(app, patience);
  requireScopes(app, ctx);
  return app;
}
