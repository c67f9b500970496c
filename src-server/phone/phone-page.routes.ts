import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serverName } from '../devices/devices.service.ts';
import { SetupLanguage } from '../enrolment/enrolment.contract.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { PagesNotBuilt, serveAssets } from '../http/static-assets.ts';
import { preferredLanguage } from '../locales/locales.ts';
import { webManifest } from './web-manifest.ts';

/** The files of the build that belong to the phone page: its script and style, the guide it loads when asked, the typeface. */
const ownFiles = /^(?:phone|inter|guide-[a-z-]+|preload-helper)-[\w-]+\.(?:js|css|woff2)$/u;

/**
 * The phone page and its files. Public, because it is only a program: whoever opens it without a pairing code sees how
 * to get one, and every datum comes from the device API.
 */
export function phonePageRoutes(pages: string): Routes {
  return (app) => {
    // Where the certificate page, or the QR code itself, sends a phone; browsers carry what stands after `#` along.
    app.get('/s', { schema: { hide: true } }, (_request, reply) => reply.redirect('/phone/', 302));
    app.get('/phone', { schema: { hide: true } }, (_request, reply) => reply.redirect('/phone/', 302));

    app.get('/phone/', { schema: { hide: true } }, async (_request, reply) => {
      const page = await readFile(path.join(pages, 'phone', 'index.html'), 'utf8').catch(() => {
        throw new PagesNotBuilt();
      });
      await reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page.replaceAll('"../assets/', '"/phone/assets/'));
    });
    app.get('/phone/manifest.webmanifest', { schema: { hide: true } }, async (request, reply) => {
      const language = SetupLanguage.parse(preferredLanguage(request.headers['accept-language'], SetupLanguage.options, 'en'));
      const manifest = webManifest(await serverName(contextOf(request)), language);
      await reply.header('vary', 'accept-language').type('application/manifest+json').send(JSON.stringify(manifest));
    });

    // Browsers ask for it at each opening, so that a phone has the new page soon.
    app.get('/phone/service-worker.js', { schema: { hide: true } }, async (_request, reply) => {
      const script = await readFile(path.join(pages, 'phone', 'service-worker.js'), 'utf8').catch(() => {
        throw new PagesNotBuilt();
      });
      await reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(script);
    });

    serveAssets(app, { folder: path.join(pages, 'assets'), prefix: '/phone/assets/', only: ownFiles });
    serveAssets(app, { folder: path.join(pages, 'phone', 'icons'), prefix: '/phone/icons/' });
  };
}
