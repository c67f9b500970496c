import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../kernel/primitives.contract.ts';
import { version } from '../kernel/version.ts';
import { renderApiDocs, type ApiAnswer, type ApiDescription } from './api-docs.tsx';
import type { App } from './app-type.ts';
import { inScope, type ScopeName } from './scopes.ts';

declare module 'fastify' {
  interface FastifySchema {
    /** The refusals a caller has to tell apart, by status: what each means. Any other refusal is a problem document too. */
    'x-refusals'?: Readonly<Record<number, string>>;
  }
}

/** What outside programs may build on; everything else is ours to change and stays out of the description. */
const publicPaths = /^\/(?:api|pair|pbx)\//u;

const securityOf: Partial<Record<ScopeName, string>> = { device: 'deviceToken', integration: 'apiKey' };

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

interface Operation {
  responses?: Record<string, ApiAnswer>;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  'x-refusals'?: Readonly<Record<string, string>>;
}

const refusalsOf: Partial<Record<ScopeName, Readonly<Record<string, string>>>> = {
  device: { 401: 'The token is missing or unknown, or its phone is off the desk: remove what it holds.' },
};

/** How the library describes an answer that nobody described. */
const undescribed = 'Default Response';

function answersOf({ responses = {}, 'x-refusals': refusals = {} }: Operation, scope: ScopeName): Record<string, ApiAnswer> {
  const given = Object.entries(responses).map(([status, answer]): [string, ApiAnswer] => [
    status,
    answer.description === undescribed ? { ...answer, description: STATUS_CODES[status] ?? undescribed } : answer,
  ]);
  const refused = Object.entries({ ...refusalsOf[scope], ...refusals }).map(([status, description]): [string, ApiAnswer] => [
    status,
    { description, content: problemContent },
  ]);
  return { ...Object.fromEntries([...given, ...refused]), default: { description: 'Refused; says why and what to do.', content: problemContent } };
}

/** Adds what holds for every operation: who may call it, and how it refuses. */
function complete(app: App): ApiDescription {
  // The plugin types a description of either OpenAPI or the older Swagger; ours is always the former.
  const description = app.swagger() as unknown as ApiDescription & { paths: Record<string, Record<string, Operation>> };
  const scopes = new Map(app.routeScopes.map((route) => [`${route.method} ${route.url.replace(/:(\w+)/gu, '{$1}')}`, route.scope]));
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const scope = scopes.get(`${method.toUpperCase()} ${path}`) ?? 'public';
      // A key in the address is one of its parameters.
      const scheme = path.includes('{token}') ? undefined : securityOf[scope];
      operation.security = scheme === undefined ? [] : [{ [scheme]: [] }];
      operation.responses = answersOf(operation, scope);
      delete operation['x-refusals'];
    }
  }
  return description;
}

/** Notes the routes of a plane as they are registered. Call it before any. */
export function collectApi(app: App): void {
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Doorline', version, description: 'The interfaces of this desk for phones and other programs. Times are ISO 8601 in UTC, numbers E.164.' },
      servers: [{ url: '/' }],
      components: {
        // The generated JSON Schema is valid here; the two libraries only type it differently.
        schemas: { Problem: z.toJSONSchema(Problem) as never },
        securitySchemes: {
          deviceToken: { type: 'http', scheme: 'bearer', description: 'The token a phone got when it was paired.' },
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key with the scopes the call needs.' },
        },
      },
    },
    transform: (route) => (publicPaths.test(route.url) ? jsonSchemaTransform(route as never) : { schema: { ...route.schema, hide: true }, url: route.url }),
  });
}

/** `/api/openapi.json` and a page to read it, made from the same schemas that check every request. Nothing is fetched from elsewhere. */
export function serveApiDescription(app: App): void {
  let description: ApiDescription | undefined;
  function describe(): ApiDescription {
    description ??= complete(app);
    return description;
  }
  inScope(app, { scope: 'public' }, (open) => {
    open.get('/api/openapi.json', { schema: { hide: true } }, (_request, reply) => reply.header('cache-control', 'no-cache').send(describe()));
    open.get('/api/docs', { schema: { hide: true } }, (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(renderApiDocs(describe(), reply.cspNonce)),
    );
  });
}
