// The least server that can answer at all, on the same database file: what the desk is measured against.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import path from 'node:path';
import { X509CertificateGenerator } from '@peculiar/x509';
import SQLite from 'better-sqlite3';
import fastify, { type FastifyInstance } from 'fastify';

const [folder = '', contactId = ''] = process.argv.slice(2);
const database = new SQLite(path.join(folder, 'doorline.sqlite'), { readonly: true });
const byKey = database.prepare('select owner_id from number_keys where key = ?');
const page = database.prepare(
  'select number, subject, is_open, last_public_at from tickets where contact_id = ? and is_open = 1 order by last_public_at desc, number desc limit 25',
);

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function leastPage(): string {
  const rows = page.all(contactId) as { number: number; subject: string; last_public_at: string }[];
  const items = rows.map(
    (row) => `<tr><td><a href="/t/${row.number}">${row.number}</a></td><td>${escaped(row.subject)}</td><td>${row.last_public_at}</td></tr>`,
  );
  return `<!doctype html><title>Tickets</title><table>${items.join('')}</table>`;
}

function withRoutes(app: FastifyInstance): FastifyInstance {
  app.get('/hello', () => ({ hello: 'world' }));
  app.get<{ Querystring: { number: string } }>('/lookup', (request) => byKey.get(`e:${request.query.number}`) ?? {});
  app.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(leastPage()));
  return app;
}

async function selfSigned(): Promise<{ readonly cert: string; readonly key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: algorithm,
    notAfter: new Date(Date.now() + 86_400_000),
  });
  const exported = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { cert: made.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${exported}\n-----END PRIVATE KEY-----\n` };
}

const plain = withRoutes(fastify());
const secure = withRoutes(fastify({ https: await selfSigned() }));
const plainUrl = await plain.listen({ host: '127.0.0.1', port: 0 });
const tlsUrl = await secure.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ plainUrl, tlsUrl }));
