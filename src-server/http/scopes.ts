import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { actingAs, visitorActor, type Actor, type Context } from '../kernel/context.ts';
import type { App } from './app-type.ts';

/** Who may call a route. Access belongs to the scope a route is registered in, never to a test of its address. */
export type ScopeName = 'public' | 'visitor' | 'member' | 'device' | 'agent' | 'admin' | 'integration';

export interface RouteScope {
  readonly method: string;
  readonly url: string;
  readonly scope: ScopeName;
}

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Context;
  }
  interface FastifyInstance {
    scopeName: ScopeName | undefined;
    /** Every route of this plane with the scope it belongs to, for the test that guards the public list. */
    routeScopes: RouteScope[];
  }
}

/** Decides who calls. It throws an `AppError` to refuse, or sends an answer of its own and returns undefined. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<Actor | undefined>;

/** A set of routes for one audience. */
export type Routes = (app: App) => void | Promise<void>;

/** The context of a request: its actor, its logger. */
export function contextOf(request: FastifyRequest): Context {
  return request.ctx;
}

/** Remembers each route's scope and refuses to start with a route that has none. */
export function requireScopes(app: App, ctx: Context): void {
  const routes: RouteScope[] = [];
  app.decorate('routeScopes', routes);
  app.decorate('scopeName', undefined);
  // The initial value only fixes the shape; each request gets its own context below.
  app.decorateRequest('ctx', null as unknown as Context);
  app.addHook('onRequest', (request, _reply, done) => {
    request.ctx = { ...ctx, actor: visitorActor, log: request.log };
    done();
  });
  app.addHook('onRoute', function noteScope(this: FastifyInstance, route: RouteOptions) {
    const scope = this.scopeName;
    if (scope === undefined) throw new Error(`The route ${String(route.method)} ${route.url} belongs to no scope: register it inside inScope(...).`);
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, scope });
  });
}

/** Registers routes for one audience, under a prefix. What `authenticate` returns becomes the actor of their context. */
export function inScope(
  app: App,
  options: { readonly scope: ScopeName; readonly prefix?: string; readonly authenticate?: Authenticate },
  routes: Routes,
): void {
  const { scope, authenticate } = options;
  void app.register(
    async (scoped) => {
      scoped.scopeName = scope;
      if (authenticate !== undefined) {
        scoped.addHook('onRequest', async (request, reply) => {
          const actor = await authenticate(request, reply);
          if (actor === undefined) return reply;
          request.ctx = actingAs(request.ctx, actor);
          return undefined;
        });
      }
      await routes(scoped);
    },
    { prefix: options.prefix ?? '' },
  );
}
