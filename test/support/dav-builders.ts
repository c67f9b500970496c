import { projectDirectories } from '#server/devices/directory-projection.service.ts';
import type { LightMyRequestResponse } from 'fastify';
import { claims, completes, nearby, startsPairing } from './device-builders.ts';
import type { TestServer } from './test-server.ts';

export interface DavBody {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The account of a phone's address book, and what it asks. */
export interface DavPhone {
  readonly id: string;
  readonly password: string;
  readonly token: string;
  readonly authorization: string;
  readonly book: string;
  ask(method: string, path: string, request?: DavBody): Promise<LightMyRequestResponse>;
}

/** Pairs a phone and answers the account of its address book. */
export async function pairsDavPhone(server: TestServer, input: object = {}): Promise<DavPhone> {
  const pairing = await startsPairing(server, input);
  const claim = (await claims(server, pairing.token)).json<{ claimId: string }>();
  await server.asConsole('POST', `/pairings/${pairing.id}/approve`);
  const keys = (await completes(server, pairing.token, claim.claimId)).json<{ deviceToken: string; davUsername: string; davPassword: string }>();
  const authorization = `Basic ${Buffer.from(`${keys.davUsername}:${keys.davPassword}`).toString('base64')}`;
  return {
    id: keys.davUsername,
    password: keys.davPassword,
    token: keys.deviceToken,
    authorization,
    book: `/dav/b/${keys.davUsername}/contacts/`,
    ask: (method, path, { body, headers = {} } = {}) =>
      server.onLan({
        method,
        url: path,
        remoteAddress: nearby,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'text/xml; charset=utf-8' }), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      }),
  };
}

/** Waits until everything that was committed is in every directory. */
export async function buildsDirectories(server: TestServer): Promise<void> {
  while (!(await projectDirectories(server.ctx, 1000)));
}

const declared = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav" xmlns:S="http://calendarserver.org/ns/"';

export function propfindBody(props: string): string {
  return `<?xml version="1.0"?><D:propfind ${declared}><D:prop>${props}</D:prop></D:propfind>`;
}

export function syncBody(token: string, more = ''): string {
  return `<?xml version="1.0"?><D:sync-collection ${declared}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level>${more}<D:prop><D:getetag/><C:address-data/></D:prop></D:sync-collection>`;
}

export function multigetBody(hrefs: readonly string[]): string {
  const listed = hrefs.map((href) => `<D:href>${href}</D:href>`).join('');
  return `<?xml version="1.0"?><C:addressbook-multiget ${declared}><D:prop><D:getetag/><C:address-data/></D:prop>${listed}</C:addressbook-multiget>`;
}

export function queryBody(filter: string, props = '<D:getetag/><C:address-data/>'): string {
  return `<?xml version="1.0"?><C:addressbook-query ${declared}><D:prop>${props}</D:prop>${filter}</C:addressbook-query>`;
}

/** One response of a multistatus, roughly: enough to tell what a client would take from it. */
export interface DavResponse {
  readonly href: string;
  readonly status: number;
  readonly etag: string | undefined;
  readonly vcard: string | undefined;
}

function plainText(text: string): string {
  const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#13;': '\r', '&amp;': '&' };
  return text.replace(/&(?:lt|gt|quot|#13|amp);/gu, (entity) => characters[entity] ?? entity);
}

export function responsesIn(xml: string): DavResponse[] {
  return [...xml.matchAll(/<d:response>(.*?)<\/d:response>/gsu)].map(([, inner = '']) => ({
    href: plainText(/<d:href>(.*?)<\/d:href>/su.exec(inner)?.[1] ?? ''),
    status: Number(/<d:status>HTTP\/1\.1 (\d+)/u.exec(inner)?.[1]),
    etag: /<d:getetag>(.*?)<\/d:getetag>/su.exec(inner)?.[1],
    vcard: mapped(/<card:address-data>(.*?)<\/card:address-data>/su.exec(inner)?.[1]),
  }));
}

function mapped(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainText(text);
}

export function syncTokenIn(xml: string): string {
  return /<d:sync-token>(.*?)<\/d:sync-token>/u.exec(xml)?.[1] ?? '';
}

/** An address book as a client keeps it that goes on from its sync token. */
export function davMirror(phone: DavPhone) {
  const cards = new Map<string, string>();
  let token = '';
  return {
    cards,
    token: () => token,
    /** One sync. A token that holds no more starts anew, as clients do. */
    async sync(): Promise<void> {
      const answer = await phone.ask('REPORT', phone.book, { body: syncBody(token) });
      if (answer.statusCode === 403 && answer.body.includes('valid-sync-token') && token !== '') {
        token = '';
        cards.clear();
        return this.sync();
      }
      if (answer.statusCode !== 207) throw new Error(`The sync was answered ${answer.statusCode}: ${answer.body}`);
      for (const { href, status, vcard } of responsesIn(answer.body)) {
        if (status === 404) cards.delete(href);
        else cards.set(href, vcard ?? '');
      }
      token = syncTokenIn(answer.body);
      return undefined;
    },
  };
}
