import { newestChange } from '../database/change-log.ts';
import { AppError } from '../kernel/app-error.ts';
import { contextOf, type Routes } from './scopes.ts';

/** The server stops, or its database does not answer: send visitors elsewhere, or wait. */
class NotReady extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'not-ready';
}

/** For monitors and load balancers: `/healthz` says that the process lives, `/readyz` that it can serve. Nothing else. */
export function healthRoutes(isDraining: () => boolean): Routes {
  return (app) => {
    app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }));

    app.get('/readyz', { schema: { hide: true } }, async (request) => {
      if (isDraining()) throw new NotReady('This server is being stopped.');
      await contextOf(request)
        .hot.first(newestChange, {})
        .catch(() => Promise.reject(new NotReady('The database does not answer.')));
      return { status: 'ok' };
    });
  };
}
