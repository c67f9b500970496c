import { describe, expect, test } from 'vitest';
import type { SuggestedEditPage } from '#server/suggested-edits/suggested-edits.contract.ts';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { createCompany, getCompany } from '#server/people/companies.service.ts';
import { createContact, getContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, pairsDavPhone, syncBody, type DavPhone } from '#test/support/dav-builders.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';

const iphone = { 'user-agent': 'iOS/18.1 (22B83) dataaccessd/1.0', 'content-type': 'text/vcard' };

async function givenDesk() {
  const server = await testServer();
  const acme = await createCompany(server.ctx, CompanyInput.parse({ name: 'ACME' }));
  const jan = await createContact(
    server.ctx,
    ContactInput.parse({ firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200', phone: '22 555 10 10', email: 'jan@example.com', companyId: acme.id }),
  );
  const phone = await pairsDavPhone(server);
  await phone.ask('REPORT', phone.book, { body: syncBody('') });
  return { server, acme, jan, phone, card: `${phone.book}c${jan.id}.vcf` };
}

/** A card as iPhones write it: groups, types in lower case, a photo. */
function iphoneCard(lines: readonly string[]): string {
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'PRODID:-//Apple Inc.//iPhone OS 18.1//EN',
    ...lines,
    'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
    ' SkZJRg==',
    'END:VCARD',
    '',
  ].join('\r\n');
}

const unchanged = ['N:Kowalski;Jan;;;(ACME)', 'FN:Jan Kowalski (ACME)', 'ORG:ACME;', 'TEL;type=CELL;type=VOICE:+48 600 100 200', 'TEL;type=WORK:22 555 10 10'];

async function open(server: TestServer): Promise<SuggestedEditPage> {
  return (await server.asConsole('GET', '/suggested-edits')).json<SuggestedEditPage>();
}

const puts = (phone: DavPhone, card: string, lines: readonly string[]) => phone.ask('PUT', card, { body: iphoneCard(lines), headers: iphone });

describe('C29: suggested edits', () => {
  test('a card that only gained a photo, or is written another way, suggests nothing', async () => {
    const { server, phone, card } = await givenDesk();

    await puts(phone, card, unchanged);

    expect(await open(server)).toEqual({ items: [], nextCursor: null, total: 0 });
  });

  test('what differs waits for an admin; accepting changes the contact as if they had, and reaches the phones', async () => {
    const { server, jan, phone, card } = await givenDesk();
    await puts(phone, card, [
      'N:Nowak;Jan;;;(ACME)',
      'ORG:Apex;',
      'item1.TEL;type=CELL:601 100 201',
      'item1.X-ABLabel:_$!<Other>!$_',
      'TEL;type=CELL:+48600100200',
      'EMAIL;type=INTERNET:Jan.Nowak@Example.com',
    ]);

    const page = await open(server);
    expect(page.total).toBe(1);
    expect(page.items[0]).toMatchObject({
      phone: { id: phone.id, name: 'Anna’s iPhone' },
      contact: { id: jan.id, name: 'Jan Kowalski' },
      changes: [
        { field: 'lastName', from: 'Kowalski', to: 'Nowak' },
        { field: 'company', from: 'ACME', to: 'Apex' },
        { field: 'email', from: 'jan@example.com', to: 'jan.nowak@example.com' },
        { field: 'mobile', from: null, to: '+48601100201', display: { from: null, to: '601 100 201' } },
        { field: 'number', from: '+48225551010', to: null },
      ],
    });
    expect(await getContact(server.ctx, jan.id)).toMatchObject({ lastName: 'Kowalski', company: { name: 'ACME' } });

    const accepted = await server.asConsole('POST', `/suggested-edits/${page.items[0]?.id}/accept`);
    expect([accepted.statusCode, accepted.json()]).toEqual([200, { contactId: jan.id, companyId: null }]);
    const after = await getContact(server.ctx, jan.id);
    expect(after).toMatchObject({ firstName: 'Jan', lastName: 'Nowak', company: { name: 'Apex' }, email: 'jan.nowak@example.com' });
    expect(after.numbers.map((number) => [number.field, number.e164])).toEqual([
      ['mobile', '+48600100200'],
      ['mobile', '+48601100201'],
    ]);
    await buildsDirectories(server);
    expect((await phone.ask('GET', card)).body).toContain('FN:Jan Nowak (Apex)\r\n');
    expect((await server.asConsole('POST', `/suggested-edits/${page.items[0]?.id}/accept`)).statusCode).toBe(409);
    const acts = (await server.asConsole('GET', '/audit')).json<{ items: { action: string }[] }>().items.map((entry) => entry.action);
    expect(acts).toContain('suggested-edit.accepted');
  });

  test('a contact made on a phone becomes one here only when accepted', async () => {
    const { server, phone } = await givenDesk();
    await puts(phone, `${phone.book}9E107D9D.vcf`, ['N:Lis;Ewa;;;', 'FN:Ewa Lis', 'TEL;type=CELL:602 100 200']);
    const [edit] = (await open(server)).items;
    expect(edit?.contact).toBeNull();

    const { contactId } = (await server.asConsole('POST', `/suggested-edits/${edit?.id}/accept`)).json<{ contactId: string }>();

    expect(await getContact(server.ctx, contactId)).toMatchObject({ firstName: 'Ewa', lastName: 'Lis', numbers: [{ e164: '+48602100200' }] });
  });

  test('a name that is written in full only is taken apart for somebody new, and changes nobody who is known', async () => {
    const { server, phone, card } = await givenDesk();
    const inFull = (name: string) => ({
      body: `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${name}\r\nTEL;VALUE=TEXT:+48602100200\r\nEND:VCARD\r\n`,
      headers: { 'user-agent': 'Mozilla/5.0 Thunderbird/153.8.0', 'content-type': 'text/vcard' },
    });
    const wanted = async () => (await open(server)).items[0]?.changes.map(({ field, to }) => [field, to]);

    await phone.ask('PUT', `${phone.book}made.vcf`, inFull('Ewa Maria Lis'));
    expect(await wanted()).toEqual([
      ['firstName', 'Ewa Maria'],
      ['lastName', 'Lis'],
      ['phone', '+48602100200'],
    ]);
    await phone.ask('PUT', card, inFull('Jan Kowalski (ACME)'));
    expect((await wanted())?.map(([field]) => field)).toEqual(['company', 'phone', 'number', 'number']);
  });

  test('the same edit is asked once, a newer one takes the place of the older, one taken back is gone, and a dismissed one stays dismissed', async () => {
    const { server, jan, phone, card } = await givenDesk();
    const [, ...rest] = unchanged;
    const renamed = (name: string) => [`N:${name};Jan;;;(ACME)`, ...rest];

    await puts(phone, card, renamed('Nowak'));
    await puts(phone, card, renamed('Nowak'));
    expect((await open(server)).total).toBe(1);
    await puts(phone, card, renamed('Lis'));
    expect((await open(server)).items.map((edit) => edit.changes[0]?.to)).toEqual(['Lis']);
    await puts(phone, card, unchanged);
    expect((await open(server)).total).toBe(0);

    await puts(phone, card, renamed('Wrona'));
    const [edit] = (await open(server)).items;
    expect((await server.asConsole('POST', `/suggested-edits/${edit?.id}/dismiss`)).statusCode).toBe(204);
    await puts(phone, card, renamed('Wrona'));
    expect((await open(server)).total).toBe(0);
    expect((await getContact(server.ctx, jan.id)).lastName).toBe('Kowalski');
  });

  test('an Android phone that is refused has its edit suggested all the same', async () => {
    const { server, phone, card } = await givenDesk();
    const answer = await phone.ask('PUT', card, {
      body: iphoneCard(['N:Nowak;Jan;;;', 'TEL:600100200', 'TEL:225551010', 'ORG:ACME']),
      headers: { 'user-agent': 'DAVx5/4.5' },
    });

    expect(answer.statusCode).toBe(403);
    expect((await open(server)).items[0]?.changes).toMatchObject([{ field: 'lastName', from: 'Kowalski', to: 'Nowak' }]);
  });

  test('what was changed on a company’s card waits too, and changes the company once it is accepted', async () => {
    const { server, phone } = await givenDesk();
    const { id } = await createCompany(server.ctx, CompanyInput.parse({ name: 'Stadttor Bau', phone: '22 555 77 00' }));
    await buildsDirectories(server);
    const card = `${phone.book}o${id}.vcf`;
    expect((await phone.ask('GET', card)).body).toContain('FN:Stadttor Bau\r\n');

    await puts(phone, card, ['N:;;;;', 'FN:Stadttor KG', 'ORG:Stadttor KG;', 'X-ABShowAs:COMPANY', 'TEL;type=CELL:22 555 77 01', 'EMAIL:info@stadttor.pl']);

    const [edit] = (await open(server)).items;
    expect(edit).toMatchObject({
      contact: null,
      company: { id, name: 'Stadttor Bau' },
      changes: [
        { field: 'company', from: 'Stadttor Bau', to: 'Stadttor KG' },
        { field: 'phone', from: null, to: '+48225557701' },
        { field: 'number', from: '+48225557700', to: null },
      ],
    });
    const accepted = await server.asConsole('POST', `/suggested-edits/${edit?.id}/accept`);
    expect([accepted.statusCode, accepted.json()]).toEqual([200, { contactId: null, companyId: id }]);
    expect(await getCompany(server.ctx, id)).toMatchObject({ name: 'Stadttor KG', numbers: [{ e164: '+48225557701' }] });
    await buildsDirectories(server);
    expect((await phone.ask('GET', card)).body).toContain('FN:Stadttor KG\r\n');
  });

  test('a company’s card that is only written another way suggests nothing, nor does one without a name', async () => {
    const { server, phone } = await givenDesk();
    const { id } = await createCompany(server.ctx, CompanyInput.parse({ name: 'Stadttor Bau', phone: '22 555 77 00' }));
    await buildsDirectories(server);

    await puts(phone, `${phone.book}o${id}.vcf`, ['N:;;;;', 'FN:Stadttor Bau', 'ORG:Stadttor Bau;', 'TEL;type=MAIN:22 555 77 00']);
    await puts(phone, `${phone.book}o${id}.vcf`, ['N:;;;;', 'FN:', 'TEL;type=MAIN:22 555 77 00']);

    expect((await open(server)).total).toBe(0);
  });

  test('a name given to the card of a number that several answer is a new contact’s; anything else on it is nobody’s', async () => {
    const { server, acme, phone } = await givenDesk();
    for (const firstName of ['Ewa', 'Olga']) await createContact(server.ctx, ContactInput.parse({ firstName, phone: '22 555 88 00', companyId: acme.id }));
    await buildsDirectories(server);
    const card = `${phone.book}n48225558800.vcf`;
    expect((await phone.ask('GET', card)).body).toContain('FN:ACME');
    await puts(phone, card, ['N:;;;;', 'FN:ACME (2)', 'ORG:ACME (2);', 'TEL:22 555 88 00', 'TEL:22 555 88 01']);
    expect((await open(server)).total).toBe(0);

    await puts(phone, card, ['N:Lis;Iga;;;', 'FN:Iga Lis', 'ORG:ACME (2);', 'TEL:22 555 88 00']);

    const [edit] = (await open(server)).items;
    expect(edit).toMatchObject({
      contact: null,
      company: null,
      changes: [
        { field: 'firstName', from: null, to: 'Iga' },
        { field: 'lastName', from: null, to: 'Lis' },
        { field: 'phone', from: null, to: '+48225558800' },
      ],
    });
    expect((await server.asConsole('POST', `/suggested-edits/${edit?.id}/accept`)).statusCode).toBe(200);
  });

  test('what is no card, or is hostile, is answered like any other write', async () => {
    const { server, phone, card } = await givenDesk();
    for (const body of [
      '',
      'BEGIN:VCARD',
      'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
      `BEGIN:VCARD\r\nN:${';'.repeat(5000)}\r\nTEL:${'9'.repeat(1900)}\r\nEND:VCARD\r\n`,
      '\u0000\uFFFF',
    ]) {
      expect((await phone.ask('PUT', card, { body, headers: iphone })).statusCode).toBe(204);
    }
    for (const edit of (await open(server)).items) {
      expect((await server.asConsole('POST', `/suggested-edits/${edit.id}/accept`)).statusCode).toBeLessThan(500);
    }
  });

  test('an address that somebody else has can’t be accepted, and the edit stays open', async () => {
    const { server, phone, card } = await givenDesk();
    await createContact(server.ctx, ContactInput.parse({ firstName: 'Olga', email: 'olga@example.com' }));
    await puts(phone, card, [...unchanged, 'EMAIL:olga@example.com']);
    const [edit] = (await open(server)).items;

    const refused = await server.asConsole('POST', `/suggested-edits/${edit?.id}/accept`);

    expect([refused.statusCode, (await open(server)).total]).toEqual([expect.toSatisfy((status: number) => status === 400 || status === 409), 1]);
  });
});
