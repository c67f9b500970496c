import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { authorityCertificate } from '#server/certificates/certificates.service.ts';
import { rememberListeners } from '#server/certificates/listener-settings.ts';
import type { IosAccount, SetupState } from '#server/enrolment/enrolment.contract.ts';
import { pairsPhone, type PairedPhone } from './device-builders.ts';
import { entriesOf, openSigned, payloadsOf, plistText, readPlist, type PlistValue } from './profile-reader.ts';
import { testClock } from './test-context.ts';
import { testServer, type TestServer } from './test-server.ts';

/** A desk that listens on an address of the office, and a phone that is paired with it. */
export async function givenPairedPhone(input: object = {}) {
  const clock = testClock();
  const server = await testServer({ clock });
  await rememberListeners(server.ctx, { lanPort: 8443, primaryAddress: '192.168.1.10' });
  const phone = await pairsPhone(server, input);
  return { clock, server, phone };
}

export async function asksForProfile(phone: PairedPhone, payload: object = {}): Promise<IosAccount> {
  const answer = await phone.send('POST', '/setup/ios', { payload });
  expect(answer.statusCode).toBe(200);
  return answer.json<IosAccount>();
}

/** As Safari fetches it: no token, no cookie. */
export function fetchesProfile(server: TestServer, url: string, method: 'GET' | 'HEAD' = 'GET'): Promise<LightMyRequestResponse> {
  return server.onLan({ method, url });
}

/** What is in a profile, once its signature held against the desk's own authority. */
export async function readsProfile(server: TestServer, signed: Buffer) {
  const text = openSigned(signed, (await authorityCertificate(server.ctx)) ?? '', server.ctx.now());
  const profile = entriesOf(readPlist(text));
  const [payload = new Map<string, PlistValue>()] = payloadsOf(profile);
  return { text, profile, payload, password: plistText(payload, 'CardDAVPassword') ?? '' };
}

export async function seesSetup(phone: PairedPhone, way?: 'ios' | 'android'): Promise<SetupState> {
  const answer = await phone.get(`/setup${way === undefined ? '' : `?way=${way}`}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<SetupState>();
}

/** What the address book answers to a name and a password: 207 when they are let in. */
export async function signsIn(server: TestServer, userName: string, password: string): Promise<number> {
  const answer = await server.lan.inject({
    // The method is one of WebDAV's, which the types of inject do not list.
    method: 'PROPFIND' as 'GET',
    url: `/dav/p/${userName}/`,
    headers: { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`, 'content-type': 'text/xml', depth: '0' },
    payload: '<d:propfind xmlns:d="DAV:"><d:prop><d:current-user-principal/></d:prop></d:propfind>',
  });
  return answer.statusCode;
}
