import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';

/** Where an address book is and how to sign in. */
export interface BookAddress {
  readonly origin: string;
  readonly book: string;
  readonly authorization?: string;
}

export interface DavAnswer {
  readonly status: number;
  readonly body: string;
  readonly bytes: number;
}

export interface DavClient {
  /** What a phone asks when it wonders whether anything changed. */
  poll(): Promise<DavAnswer>;
  /** All cards' addresses, as clients without sync-collection list them. */
  list(): Promise<string[]>;
  multiget(hrefs: readonly string[]): Promise<DavAnswer>;
  /** RFC 6578: what changed since a token, with the cards in the same answer where the server gives them. */
  sync(token: string): Promise<DavAnswer>;
  put(path: string, card: string): Promise<DavAnswer>;
  close(): void;
}

const poll = `<d:propfind xmlns:d="DAV:" xmlns:cs="http://calendarserver.org/ns/"><d:prop><cs:getctag/><d:sync-token/></d:prop></d:propfind>`;
const etags = `<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>`;

export function hrefsIn(xml: string): string[] {
  return [...xml.matchAll(/<(?:\w+:)?href[^>]*>([^<]+)</gu)].map((match) => match[1] ?? '');
}

export function syncTokenIn(xml: string): string {
  return /<(?:\w+:)?sync-token[^>]*>([^<]*)</u.exec(xml)?.[1] ?? '';
}

/** Cards that came with an answer. */
export function countCards(xml: string): number {
  return xml.split('BEGIN:VCARD').length - 1;
}

/** A client that keeps its connections, as phones do; the same for every server. */
export function davClient({ origin, book, authorization }: BookAddress, connections = 1): DavClient {
  const isTls = origin.startsWith('https:');
  const agent = isTls
    ? new TlsAgent({ keepAlive: true, maxSockets: connections, rejectUnauthorized: false })
    : new PlainAgent({ keepAlive: true, maxSockets: connections });
  const send = isTls ? tlsRequest : plainRequest;
  function ask(method: string, path: string, { body, headers }: { readonly body: string; readonly headers: Record<string, string> }): Promise<DavAnswer> {
    return new Promise((resolve, reject) => {
      const all = { 'content-type': 'application/xml; charset=utf-8', 'content-length': String(Buffer.byteLength(body)), ...headers };
      const sent = send(new URL(path, origin), { method, agent, headers: authorization === undefined ? all : { ...all, authorization } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const whole = Buffer.concat(chunks);
          resolve({ status: answer.statusCode ?? 0, body: whole.toString('utf8'), bytes: whole.byteLength });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
  async function expecting(status: number, answer: Promise<DavAnswer>): Promise<DavAnswer> {
    const got = await answer;
    if (got.status !== status) throw new Error(`${origin}${book} answered ${got.status}: ${got.body.slice(0, 300)}`);
    return got;
  }
  return {
    poll: () => expecting(207, ask('PROPFIND', book, { body: poll, headers: { depth: '0' } })),
    list: async () =>
      hrefsIn((await expecting(207, ask('PROPFIND', book, { body: etags, headers: { depth: '1' } }))).body).filter((href) => !href.endsWith('/')),
    multiget: (hrefs) => {
      const asked = hrefs.map((href) => `<d:href>${href}</d:href>`).join('');
      const body = `<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/><c:address-data/></d:prop>${asked}</c:addressbook-multiget>`;
      return expecting(207, ask('REPORT', book, { body, headers: { depth: '0' } }));
    },
    sync: (token) => {
      const body = `<d:sync-collection xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/><c:address-data/></d:prop></d:sync-collection>`;
      return expecting(207, ask('REPORT', book, { body, headers: { depth: '0' } }));
    },
    put: async (path, card) => {
      const answer = await ask('PUT', path, { body: card, headers: { 'content-type': 'text/vcard; charset=utf-8' } });
      if (answer.status !== 201 && answer.status !== 204) throw new Error(`${origin} refused a card: ${answer.status} ${answer.body.slice(0, 200)}`);
      return answer;
    },
    close: () => agent.destroy(),
  };
}
