import { expect } from 'vitest';
import { projectDirectories } from '#server/devices/directory-projection.service.ts';
import type { Pairing, PairingStarted } from '#server/devices/devices.contract.ts';
import type { TestServer } from './test-server.ts';

/** The address a phone in the same network as every PC has: the PC itself. */
export const nearby = '127.0.0.1';
/** An address of no network this PC can be on (RFC 5737). */
export const elsewhere = '203.0.113.77';

export async function startsPairing(server: TestServer, input: object = {}): Promise<PairingStarted> {
  const started = await server.asConsole('POST', '/pairings', { deviceName: 'Anna’s iPhone', ...input });
  expect(started.statusCode).toBe(201);
  return started.json<PairingStarted>();
}

export function claims(server: TestServer, token: string, options: { readonly from?: string; readonly name?: string } = {}) {
  return server.onLan({
    method: 'POST',
    url: '/pair/claim',
    remoteAddress: options.from ?? nearby,
    headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X)' },
    payload: { token, deviceName: options.name ?? 'iPhone', platform: 'ios' },
  });
}

export function completes(server: TestServer, token: string, claimId: string) {
  return server.onLan({ method: 'POST', url: '/pair/complete', remoteAddress: nearby, payload: { claimId, token } });
}

export async function seesPairing(server: TestServer, id: string): Promise<Pairing> {
  return (await server.asConsole('GET', `/pairings/${id}`)).json<Pairing>();
}

interface PhoneBody {
  readonly payload?: object;
  readonly headers?: Record<string, string>;
}

/** A phone that went through the whole pairing. */
export interface PairedPhone {
  readonly id: string;
  readonly token: string;
  get(url: string, headers?: Record<string, string>): ReturnType<TestServer['onLan']>;
  /** Without waiting until the desk has worked in what changed. */
  getAtOnce(url: string, headers?: Record<string, string>): ReturnType<TestServer['onLan']>;
  send(method: 'POST' | 'PATCH', url: string, body?: PhoneBody): ReturnType<TestServer['onLan']>;
}

/** How a phone with a token talks to the device API; `url` starts after `/api/device/v1`. */
export function phoneWith(server: TestServer, id: string, token: string): PairedPhone {
  const authorization = `Bearer ${token}`;
  return {
    id,
    token,
    async get(url, headers = {}) {
      // A busy machine may take longer to work changes in than a request waits for; tests do not depend on that.
      if (url.startsWith('/directory')) while (!(await projectDirectories(server.ctx, 1000)));
      return server.onLan({ method: 'GET', url: `/api/device/v1${url}`, headers: { authorization, ...headers } });
    },
    getAtOnce: (url, headers = {}) => server.onLan({ method: 'GET', url: `/api/device/v1${url}`, headers: { authorization, ...headers } }),
    send: (method, url, { payload, headers = {} } = {}) =>
      server.onLan({
        method,
        url: `/api/device/v1${url}`,
        headers: { authorization, ...headers },
        ...(payload === undefined ? {} : { payload }),
      }),
  };
}

/** Pairs a phone as people do: start, scan, compare, approve, fetch. */
export async function pairsPhone(server: TestServer, input: object = {}): Promise<PairedPhone> {
  const pairing = await startsPairing(server, input);
  const claim = (await claims(server, pairing.token)).json<{ claimId: string }>();
  const approved = await server.asConsole('POST', `/pairings/${pairing.id}/approve`);
  expect(approved.statusCode).toBe(200);
  const keys = (await completes(server, pairing.token, claim.claimId)).json<{ deviceId: string; deviceToken: string }>();
  return phoneWith(server, keys.deviceId, keys.deviceToken);
}
