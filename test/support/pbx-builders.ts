import { expect } from 'vitest';
import type { z } from 'zod';
import type { PbxSourceInput, PbxSourceWithKey } from '#server/pbx/pbx.contract.ts';
import type { TestServer } from './test-server.ts';

export interface ConnectedPbx extends PbxSourceWithKey {
  get(url: string, remoteAddress?: string): ReturnType<TestServer['onLan']>;
  post(url: string, payload: object): ReturnType<TestServer['onLan']>;
}

/** A telephone system, connected on the console; it asks with its key. `url` starts after `/pbx/v1`. */
export async function connectsPbx(server: TestServer, input: Partial<z.input<typeof PbxSourceInput>> = {}): Promise<ConnectedPbx> {
  const answer = await server.asConsole('POST', '/pbx/sources', { name: 'Switchboard', kind: 'generic', ...input });
  expect(answer.statusCode).toBe(201);
  const connected = answer.json<PbxSourceWithKey>();
  const headers = { authorization: `Bearer ${connected.key}` };
  return {
    ...connected,
    get: (url, remoteAddress) => server.onLan({ url: `/pbx/v1${url}`, headers, ...(remoteAddress === undefined ? {} : { remoteAddress }) }),
    post: (url, payload) => server.onLan({ method: 'POST', url: `/pbx/v1${url}`, headers, payload }),
  };
}
