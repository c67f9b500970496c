// The least server that can answer at all, on the same database file: what the desk is measured against.
import path from 'node:path';
import SQLite from 'better-sqlite3';
import fastify, { type FastifyInstance } from 'fastify';
import { selfSigned } from './self-signed.ts';

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

const plain = withRoutes(fastify());
const secure = withRoutes(fastify({ https: await selfSigned() }));
const plainUrl = await plain.listen({ host: '127.0.0.1', port: 0 });
const tlsUrl = await secure.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ plainUrl, tlsUrl }));
