import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createDAVClient } from 'tsdav';
import { describe, expect, onTestFinished, test } from 'vitest';
import { authorityCertificate } from '#server/certificates/certificates.service.ts';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { createCompany } from '#server/people/companies.service.ts';
import { changeContact, createContact, removeContact } from '#server/people/contacts.service.ts';
import { portOf } from '#server/server.ts';
import { pairsDavPhone, type DavPhone } from '#test/support/dav-builders.ts';
import { temporaryFolder } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

/** A desk that listens under its own certificate, and the authority that vouches for it. */
async function listeningDesk() {
  const server = await testServer();
  await server.lan.listen({ host: '127.0.0.1', port: 0 });
  return { server, origin: `https://localhost:${portOf(server.lan)}`, authority: (await authorityCertificate(server.ctx)) ?? '' };
}

async function givenPeople({ ctx }: TestServer) {
  const acme = await createCompany(ctx, CompanyInput.parse({ name: 'Zażółć & Söhne' }));
  const jan = await createContact(ctx, ContactInput.parse({ firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200', companyId: acme.id }));
  const olga = await createContact(ctx, ContactInput.parse({ firstName: 'Olga', phone: '600 100 300' }));
  return { jan, olga };
}

describe('C21: tsdav, a CardDAV client', () => {
  async function signsIn(origin: string, phone: DavPhone) {
    return createDAVClient({
      serverUrl: `${origin}/`,
      credentials: { username: phone.id, password: phone.password },
      authMethod: 'Basic',
      defaultAccountType: 'carddav',
    });
  }

  test('finds its one book from the host alone, reads it, and goes on with changes only', async () => {
    const { server, origin, authority } = await listeningDesk();
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, authority]);
    onTestFinished(() => setDefaultCACertificates(before));
    const { jan, olga } = await givenPeople(server);
    const phone = await pairsDavPhone(server);
    const client = await signsIn(origin, phone);

    const books = await client.fetchAddressBooks();
    expect(books.map((book) => [book.url, book.displayName])).toEqual([[`${origin}${phone.book}`, 'Doorline']]);
    const [book] = books;
    if (book === undefined) throw new Error('A book was expected.');
    const cards = await client.fetchVCards({ addressBook: book });
    expect(cards.map((card) => card.url).sort()).toEqual([`${origin}${phone.book}c${jan.id}.vcf`, `${origin}${phone.book}c${olga.id}.vcf`]);
    expect(String(cards.find((card) => card.url.includes(jan.id))?.data)).toContain('FN:Jan Kowalski (Zażółć & Söhne)');

    await removeContact(server.ctx, olga.id);
    await changeContact(server.ctx, jan.id, { lastName: 'Nowak' });
    const changes = await client.syncCollection({ url: book.url, props: { 'd:getetag': {} }, syncLevel: 1, syncToken: String(book.syncToken) });
    expect(changes.filter((change) => change.href !== undefined).map((change) => [change.href, change.status])).toEqual([
      [`${phone.book}c${jan.id}.vcf`, expect.any(Number)],
      [`${phone.book}c${olga.id}.vcf`, 404],
    ]);

    const refused = await client.syncCollection({ url: book.url, props: { 'd:getetag': {} }, syncLevel: 1, syncToken: 'of-another-desk' });
    expect(refused[0]).toMatchObject({ status: 403 });
  });
});

describe('C21: vdirsyncer, a CardDAV client', () => {
  async function vdirsyncer(config: string, command: string) {
    const child = spawn('vdirsyncer', ['-c', config, command], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    child.stdin.end('y\ny\ny\n');
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  }

  test('synchronises the book to files over TLS, then what changed and what went', async () => {
    const { server, origin, authority } = await listeningDesk();
    const { jan, olga } = await givenPeople(server);
    const phone = await pairsDavPhone(server);
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'authority.pem'), authority);
    const config = path.join(folder, 'config');
    writeFileSync(
      config,
      [
        '[general]',
        `status_path = "${folder}/status/"`,
        '[pair desk]',
        'a = "desk_remote"',
        'b = "desk_local"',
        'collections = ["from a"]',
        'conflict_resolution = "a wins"',
        '[storage desk_remote]',
        'type = "carddav"',
        `url = "${origin}/"`,
        `username = "${phone.id}"`,
        `password = "${phone.password}"`,
        `verify = "${folder}/authority.pem"`,
        'read_only = true',
        '[storage desk_local]',
        'type = "filesystem"',
        `path = "${folder}/cards/"`,
        'fileext = ".vcf"',
        '',
      ].join('\n'),
    );
    const files = () => readdirSync(path.join(folder, 'cards', 'contacts')).map((file) => readFileSync(path.join(folder, 'cards', 'contacts', file), 'utf8'));

    const discovered = await vdirsyncer(config, 'discover');
    expect([discovered.code, discovered.said]).toEqual([0, expect.stringContaining('contacts')]);
    const first = await vdirsyncer(config, 'sync');
    expect([first.said, first.code]).toEqual([expect.any(String), 0]);
    expect(files().some((text) => text.includes('FN:Jan Kowalski (Zażółć & Söhne)') && text.includes('TEL;TYPE=CELL:+48600100200'))).toBe(true);
    expect(files()).toHaveLength(2);

    await removeContact(server.ctx, olga.id);
    await changeContact(server.ctx, jan.id, { lastName: 'Nowak' });
    const second = await vdirsyncer(config, 'sync');
    expect([second.said, second.code]).toEqual([expect.any(String), 0]);
    expect(files()).toEqual([expect.stringContaining('FN:Jan Nowak (Zażółć & Söhne)')]);
  });
});
