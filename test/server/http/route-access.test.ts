import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '#server/http/app.ts';
import type { RouteScope } from '#server/http/scopes.ts';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { changeSettings, readSettings } from '#server/settings/settings.service.ts';
import { testContext } from '../../support/test-context.ts';
import { testServer } from '../../support/test-server.ts';

/** Everything on the LAN plane that answers without knowing who asks. A route that is to be added here needs a reason. */
const openOnLan = [
  'ACL /.well-known/carddav', // to the address books, whatever is asked
  'COPY /.well-known/carddav',
  'DELETE /.well-known/carddav',
  'GET /.well-known/carddav',
  'LOCK /.well-known/carddav',
  'MKCOL /.well-known/carddav',
  'MOVE /.well-known/carddav',
  'OPTIONS /.well-known/carddav',
  'POST /.well-known/carddav',
  'PROPFIND /.well-known/carddav',
  'PROPPATCH /.well-known/carddav',
  'PUT /.well-known/carddav',
  'REPORT /.well-known/carddav',
  'UNLOCK /.well-known/carddav',
  'OPTIONS /dav', // what can be done there, which clients ask before they sign in
  'OPTIONS /dav/*',
  'GET /', // to the portal
  'GET /:slug',
  'GET /:slug/*', // pages that are not there
  'GET /:slug/assets/:name',
  'GET /:slug/forgotten',
  'GET /:slug/invitation/:token',
  'GET /:slug/reset/:token',
  'GET /:slug/session',
  'GET /:slug/sign-in',
  'GET /api/docs',
  'GET /api/openapi.json',
  'GET /healthz',
  'GET /pair/p/:file', // guarded by a nonce that works once, for a minute
  'GET /readyz',
  'GET /trust-probe', // says nothing; open to the certificate page, which is another origin
  'POST /:slug/forgotten',
  'POST /:slug/invitation/:token',
  'POST /:slug/language',
  'POST /:slug/reset/:token',
  'POST /:slug/sign-in',
  'POST /:slug/sign-out',
  'POST /pair/claim', // guarded by the one-time token
  'POST /pair/complete',
];

/** On the console's plane: its page and files, which hold no data, and the exchange of the one-time link. */
const openOnAdmin = ['GET /', 'POST /admin/v1/session'];

function named({ method, url }: RouteScope): string {
  return `${method} ${url}`;
}

/** HEAD comes with every GET; `/:slug/` is `/:slug`. The phone page and files of the build are there only once built. */
function listed(routes: readonly RouteScope[], scopes: readonly string[]): string[] {
  const built = /^\/(?:assets|phone|s)(?:\/|$)/u;
  return routes
    .filter((route) => scopes.includes(route.scope) && route.method !== 'HEAD' && !built.test(route.url) && route.url !== '/:slug/')
    .map(named)
    .sort();
}

/** A path with something in place of each parameter. */
function pathOf(url: string): string {
  return url.replace(/:\w+/gu, 'x1').replace('*', 'x1');
}

describe('who may call which route', () => {
  test('what is open to anyone on the network is on a list that a person wrote', async () => {
    const server = await testServer();

    expect(listed(server.lan.routeScopes, ['public', 'visitor'])).toEqual(openOnLan.toSorted());
  });

  test('what is open on the console’s plane is on a list that a person wrote', async () => {
    const server = await testServer();

    expect(listed(server.admin.routeScopes, ['public', 'visitor'])).toEqual(openOnAdmin.toSorted());
  });

  test('every other route of the console asks for its key', async () => {
    const server = await testServer();
    const guarded = server.admin.routeScopes.filter((route) => route.scope !== 'public');
    expect(guarded.length).toBeGreaterThan(50);

    for (const route of guarded) {
      const answer = await server.admin.inject({ method: route.method as 'GET', url: pathOf(route.url), headers: { host: '127.0.0.1:0' } });
      expect([named(route), answer.statusCode]).toEqual([named(route), 401]);
    }
  });

  test('every route for phones asks for a phone’s token, and a console’s key is none', async () => {
    const server = await testServer();
    const guarded = server.lan.routeScopes.filter((route) => route.scope === 'device');
    expect(guarded.length).toBeGreaterThan(5);

    for (const route of guarded) {
      for (const authorization of [undefined, `Bearer ${server.adminToken}`, 'Bearer x', 'Basic eDp5']) {
        const answer = await server.lan.inject({
          method: route.method as 'GET',
          url: pathOf(route.url),
          headers: authorization === undefined ? {} : { authorization },
        });
        expect([named(route), authorization === undefined, answer.statusCode]).toEqual([named(route), authorization === undefined, 401]);
      }
    }
  });

  test('every route for telephone systems asks for a key, in the header or in the address', async () => {
    const server = await testServer();
    const guarded = server.lan.routeScopes.filter((route) => route.scope === 'integration');
    expect(guarded.length).toBeGreaterThan(3);

    let asked = 0;
    for (const route of guarded) {
      const url = pathOf(route.url);
      const expected = route.url.includes(':token') ? 404 : 401;
      for (const authorization of [undefined, `Bearer ${server.adminToken}`, 'Bearer x', 'Basic eDp5']) {
        asked += 1;
        // Each from another address: many unknown keys from one are slowed down.
        const remoteAddress = `10.1.${Math.floor(asked / 50)}.${asked % 50}`;
        const answer = await server.lan.inject({
          remoteAddress,
          method: route.method as 'GET',
          url,
          headers: authorization === undefined ? {} : { authorization },
        });
        expect([named(route), answer.statusCode]).toEqual([named(route), expected]);
      }
    }
  });

  test('no customer’s page shows without a session', async () => {
    const server = await testServer();
    await changeSettings(server.ctx, portalSettings, { isOn: true });
    const { slug } = await readSettings(server.ctx, portalSettings);
    const guarded = server.lan.routeScopes.filter((route) => route.scope === 'member');
    expect(guarded.length).toBeGreaterThan(5);

    for (const route of guarded) {
      const url = pathOf(route.url.replace(':slug', slug));
      const answer = await server.lan.inject({ method: route.method as 'GET', url });
      expect([named(route), answer.statusCode, [302, 303, 401, 403].includes(answer.statusCode)]).toEqual([named(route), answer.statusCode, true]);
    }
  });

  test('a route that belongs to no scope keeps the server from starting', async () => {
    const ctx = await testContext();
    const app = createApp({ ctx, logger: pino({ level: 'silent' }) });
    onTestFinished(() => app.close());

    expect(() => app.get('/forgotten', () => 'x')).toThrow('/forgotten belongs to no scope');
  });
});
