// The least CardDAV server that can answer at all: bare Node over TLS, ready-made text in memory, no authentication.
// It prints its address, and takes changes by PUT.
import { createServer } from 'node:https';
import { selfSigned } from '../self-signed.ts';
import { benchPeople, cardOf } from './cards.ts';

const count = Number(process.argv[2] ?? 10_000);
const book = '/book/';
const seqOf = new Map<string, number>();
const responses = new Map<string, string>();
const changed: { readonly seq: number; readonly href: string }[] = [];
let seq = 0;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');
}

function keep(href: string, card: string): void {
  seq += 1;
  seqOf.set(href, seq);
  changed.push({ seq, href });
  const data = `<d:getetag>"${seq}"</d:getetag><c:address-data>${escaped(card)}</c:address-data>`;
  responses.set(href, `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${data}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`);
}

for (const person of benchPeople(count)) keep(`${book}${person.uid}.vcf`, cardOf(person));

function multistatus(inner: string): string {
  const namespaces = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/"';
  return `<?xml version="1.0" encoding="utf-8"?><d:multistatus ${namespaces}>${inner}</d:multistatus>`;
}

function answerTo(method: string, depth: string, body: string): string {
  if (method === 'PROPFIND' && depth === '0') {
    return multistatus(
      `<d:response><d:href>${book}</d:href><d:propstat><d:prop><cs:getctag>t:${seq}</cs:getctag><d:sync-token>t:${seq}</d:sync-token></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
    );
  }
  if (method === 'PROPFIND') {
    const rows = [...seqOf].map(
      ([href, at]) =>
        `<d:response><d:href>${href}</d:href><d:propstat><d:prop><d:getetag>"${at}"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
    );
    return multistatus(rows.join(''));
  }
  if (body.includes('multiget')) return multistatus([...body.matchAll(/<d:href>([^<]+)</gu)].map((match) => responses.get(match[1] ?? '') ?? '').join(''));
  const since = Number(/t:(\d+)/u.exec(body)?.[1] ?? 0);
  // The newest changes are at the end: found from there, as an index would.
  const fresh = new Set<string>();
  for (let at = changed.length - 1; at >= 0 && (changed[at]?.seq ?? 0) > since; at -= 1) fresh.add(changed[at]?.href ?? '');
  return multistatus(`${[...fresh].map((href) => responses.get(href) ?? '').join('')}<d:sync-token>t:${seq}</d:sync-token>`);
}

const server = createServer(await selfSigned(), (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    if (request.method === 'PUT') {
      keep(request.url ?? '', body);
      response.writeHead(204).end();
      return;
    }
    const text = answerTo(request.method ?? '', String(request.headers['depth'] ?? '0'), body);
    response.writeHead(207, { 'content-type': 'application/xml; charset=utf-8', 'content-length': Buffer.byteLength(text) }).end(text);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) console.log(JSON.stringify({ origin: `https://127.0.0.1:${address.port}`, book }));
});
