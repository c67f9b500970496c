import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { AppError } from '../kernel/app-error.ts';
import type { App } from './app-type.ts';

/** The browser pages were not built. */
export class PagesNotBuilt extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'pages-not-built';

  constructor() {
    super('The pages are not built yet. Run “npm run build” in Doorline’s folder, then reload.');
  }
}

/** A build's file name with its content's hash in it, such as `console-Bx3k9aQz.js`: it never changes. */
const hashedName = /-[\w-]{8}\.[a-z0-9]+(?:\.map)?$/u;

/**
 * Serves the files of one folder, compressed beforehand where the build made `.br` and `.gz` of them. Files with a hash
 * in their name are kept by browsers for good; others are asked after each time, which an ETag makes cheap.
 */
export function serveAssets(
  app: App,
  { folder, prefix, only }: { readonly folder: string; readonly prefix: string; /** Names that may be served; all when left out. */ readonly only?: RegExp },
): void {
  // Not built: there is nothing to serve, and the page itself says so.
  if (!existsSync(folder)) return;
  void app.register(fastifyStatic, {
    root: folder,
    prefix,
    decorateReply: false,
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    ...(only === undefined ? {} : { allowedPath: (file: string) => only.test(path.basename(file)) }),
    setHeaders(reply, file) {
      const isHashed = hashedName.test(path.basename(file).replace(/\.(?:br|gz)$/u, ''));
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
