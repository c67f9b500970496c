import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withRateLimit } from '../http/rate-limit.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { PagesNotBuilt, serveAssets } from '../http/static-assets.ts';
import { SessionAnswer, SessionInput } from './console.contract.ts';
import { spendConsoleLink } from './console-links.service.ts';

/** The policy of the console's page: our own files only, for scripts and for styles, and nothing inline. */
const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Exchanges the one-time link's code for the console's key. */
export function consoleSessionRoutes(adminToken: string): Routes {
  return (app) => {
    withRateLimit(app, { most: 30, windowSeconds: 60 }, (limited) => {
      limited.post('/session', { schema: { body: SessionInput, response: { 200: SessionAnswer } } }, async (request) => {
        await spendConsoleLink(contextOf(request), request.body.code);
        return { token: adminToken };
      });
    });
  };
}

/** The console's page and its files, for a browser on this PC. */
export function consolePageRoutes(pages: string): Routes {
  return (app) => {
    app.get('/', { schema: { hide: true } }, async (_request, reply) => {
      const page = await readFile(path.join(pages, 'console', 'index.html'), 'utf8').catch(() => {
        throw new PagesNotBuilt();
      });
      // The page is built to lie in console/; its files are found from here.
      await reply.header('content-security-policy', consolePolicy).type('text/html; charset=utf-8').send(page.replaceAll('"../assets/', '"/assets/'));
    });
    serveAssets(app, { folder: path.join(pages, 'assets'), prefix: '/assets/' });
  };
}
