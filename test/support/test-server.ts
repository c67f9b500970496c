import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { createServer, type Server } from '#server/server.ts';
import { temporaryFolder, type TestClock } from './test-context.ts';

export interface TestServer extends Server {
  /** Calls the admin plane as the console does: own host, bearer token. `url` starts after `/admin/v1`. */
  asConsole(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object): Promise<LightMyRequestResponse>;
  /** Calls the LAN plane. */
  onLan(request: InjectOptions): Promise<LightMyRequestResponse>;
}

/** A whole server on a fresh data folder, without listening: requests are injected. */
export async function testServer(options: { readonly clock?: TestClock; readonly folder?: string } = {}): Promise<TestServer> {
  const server = await createServer({
    dataFolder: options.folder ?? temporaryFolder(),
    logLevel: 'silent',
    openApi: true,
    ...(options.clock === undefined ? {} : { now: () => options.clock?.now() ?? new Date() }),
  });
  onTestFinished(() => server.close());
  await server.admin.ready();
  await server.lan.ready();
  return {
    ...server,
    asConsole: (method, url, payload) =>
      server.admin.inject({
        method,
        url: `/admin/v1${url}`,
        headers: { host: '127.0.0.1:0', authorization: `Bearer ${server.adminToken}` },
        ...(payload === undefined ? {} : { payload }),
      }),
    onLan: (request) => server.lan.inject(request),
  };
}
