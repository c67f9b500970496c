import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyError } from 'fastify';
import type { App } from '../http/app-type.ts';
import { inScope, type Routes } from '../http/scopes.ts';
import { accountRoutes } from './account.routes.tsx';
import { admitMember, admitVisitor } from './admission.ts';
import { packedFor, readPortalAssets, type PortalAssets } from './portal-assets.ts';
import { sendErrorPage, sendNotFoundPage } from './problem-answers.tsx';
import { fieldOf, signInRoutes } from './sign-in.routes.tsx';
import { ticketPageRoutes } from './ticket-pages.routes.tsx';
import { requireOwnForm } from './visit.ts';

declare module 'fastify' {
  interface FastifyInstance {
    portalAssets: PortalAssets;
  }
  interface FastifyContextConfig {
    /** The route reads its own form, token first, because files follow. */
    takesFiles?: boolean;
    /** What the form holds is kept for its owner even when the session timed out while it was written. */
    keepsText?: boolean;
  }
}

/** Forms only, each with its token; errors as pages. */
async function preparePages(app: App): Promise<void> {
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: 1_048_576 });
  // Files that are too large are left out in words; the parser's own error would end the form and lose all of it.
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: 100, fields: 200, fieldNameSize: 100, fieldSize: 1_048_576, headerPairs: 50, parts: 300 },
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => sendErrorPage(error, request, reply));
  app.addHook('preValidation', async (request) => {
    const isForm = request.method !== 'GET' && request.method !== 'HEAD';
    if (isForm && request.routeOptions.config.takesFiles !== true) requireOwnForm(request, fieldOf(request.body, 'token'));
  });
}

const visitorRoutes: Routes = async (app) => {
  await preparePages(app);

  app.get('/', (request, reply) => reply.redirect(`${request.visit.base}/tickets`, 303));

  app.get('/assets/:name', (request, reply) => {
    const asset = app.portalAssets.byName.get(fieldOf(request.params, 'name'));
    if (asset === undefined) return sendNotFoundPage(reply);
    const { body, encoding } = packedFor(asset, String(request.headers['accept-encoding'] ?? ''));
    if (encoding !== undefined) reply.header('content-encoding', encoding);
    return reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' }).type(asset.mediaType).send(body);
  });

  // For the script: the seconds until this session ends. Asking is no use of it.
  app.get('/session', (request, reply) => {
    const { session, now } = request.visit;
    const ends = session === undefined ? now.getTime() : Math.min(Date.parse(session.idleEndsAt), Date.parse(session.expiresAt));
    return reply.send({ left: Math.round((ends - now.getTime()) / 1000) });
  });

  await signInRoutes(app);
  app.get('/*', (_request, reply) => sendNotFoundPage(reply));
};

const memberRoutes: Routes = async (app) => {
  await preparePages(app);
  await ticketPageRoutes(app);
  await accountRoutes(app);
};

/** The customers' pages on the LAN plane: everything under `/{slug}/`, whatever the slug is at the moment. */
export function addPortal(app: App): void {
  app.decorate('portalAssets', readPortalAssets());
  // The initial value only fixes the shape: a visit is opened before any route of the portal runs.
  app.decorateRequest('visit', null as never);
  inScope(app, { scope: 'visitor', authenticate: admitVisitor }, (root) => {
    root.get('/', (request, reply) => reply.redirect(`${request.visit.base}/`, 303));
  });
  inScope(app, { scope: 'visitor', prefix: '/:slug', authenticate: admitVisitor }, visitorRoutes);
  inScope(app, { scope: 'member', prefix: '/:slug', authenticate: admitMember }, memberRoutes);
}
