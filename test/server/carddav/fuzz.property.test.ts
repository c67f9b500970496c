import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { changeCompany, createCompany } from '#server/people/companies.service.ts';
import { changeContact, createContact, removeContact } from '#server/people/contacts.service.ts';
import { davMirror, pairsDavPhone, responsesIn, syncBody } from '#test/support/dav-builders.ts';
import { testServer } from '#test/support/test-server.ts';

// Few numbers and few people, so that they share, swap and lose numbers all the time.
const number = fc.constantFrom('', '600100200', '600100201', '+4930123456', '22 555 10 10');
const name = fc.constantFrom('Ann', 'Bea; & <Cyd>', 'Ł\\ó,dź');
const who = fc.nat(9);

type Step =
  | { readonly kind: 'add'; readonly name: string; readonly phone: string; readonly mobile: string; readonly atCompany: boolean }
  | { readonly kind: 'change'; readonly who: number; readonly phone: string; readonly name: string }
  | { readonly kind: 'hide'; readonly who: number; readonly isHidden: boolean }
  | { readonly kind: 'remove'; readonly who: number }
  | { readonly kind: 'rename company'; readonly name: string }
  | { readonly kind: 'edit on the phone'; readonly who: number; readonly isDeleted: boolean }
  | { readonly kind: 'sync' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), name, phone: number, mobile: number, atCompany: fc.boolean() }),
  fc.record({ kind: fc.constant('change' as const), who, phone: number, name }),
  fc.record({ kind: fc.constant('hide' as const), who, isHidden: fc.boolean() }),
  fc.record({ kind: fc.constant('remove' as const), who }),
  fc.record({ kind: fc.constant('rename company' as const), name: fc.constantFrom('ACME', 'Apex') }),
  fc.record({ kind: fc.constant('edit on the phone' as const), who, isDeleted: fc.boolean() }),
  fc.constant({ kind: 'sync' as const }),
);

describe('C21: synchronising address books', () => {
  test('whatever happens between syncs, a client that goes on from its token holds what a new one reads', async () => {
    const server = await testServer();
    const { ctx } = server;
    const phone = await pairsDavPhone(server);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
        for (const { id } of await ctx.db.selectFrom('contacts').select('id').execute()) await removeContact(ctx, id);
        const company = await createCompany(ctx, CompanyInput.parse({ name: 'ACME', phone: '22 555 10 10' }));
        const people: string[] = [];
        const mirror = davMirror(phone);
        await mirror.sync();

        for (const action of steps) {
          const person = 'who' in action ? people[action.who % Math.max(people.length, 1)] : undefined;
          if (action.kind === 'sync') await mirror.sync();
          if (action.kind === 'rename company') await changeCompany(ctx, company.id, { name: action.name });
          if (action.kind === 'add') {
            const { name: firstName, phone: landline, mobile, atCompany } = action;
            people.push((await createContact(ctx, ContactInput.parse({ firstName, phone: landline, mobile, companyId: atCompany ? company.id : null }))).id);
          }
          if (person === undefined) continue;
          if (action.kind === 'change') await changeContact(ctx, person, { phone: action.phone, firstName: action.name });
          if (action.kind === 'hide') await changeContact(ctx, person, { publishToPhones: !action.isHidden });
          if (action.kind === 'edit on the phone') {
            const headers = { 'user-agent': 'iOS/18 dataaccessd/1.0', 'content-type': 'text/vcard' };
            const body = 'BEGIN:VCARD\r\nVERSION:3.0\r\nN:X;Y;;;\r\nEND:VCARD\r\n';
            await phone.ask(action.isDeleted ? 'DELETE' : 'PUT', `${phone.book}c${person}.vcf`, action.isDeleted ? { headers } : { headers, body });
          }
          if (action.kind === 'remove') {
            await removeContact(ctx, person);
            people.splice(people.indexOf(person), 1);
          }
        }
        await mirror.sync();

        const whole = responsesIn((await phone.ask('REPORT', phone.book, { body: syncBody('') })).body);
        expect(Object.fromEntries(mirror.cards)).toEqual(Object.fromEntries(whole.map(({ href, vcard }) => [href, vcard])));
        // Each number is on one card only, and no card is empty.
        const numbers = whole.flatMap(({ vcard }) => vcard?.match(/(?<=:)\+\d+/gu) ?? []);
        expect(numbers).toHaveLength(new Set(numbers).size);
        expect(whole.every(({ vcard }) => vcard?.includes('\r\nTEL;'))).toBe(true);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('no request a client can make is answered by a fault of ours', async () => {
    const server = await testServer();
    await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', mobile: '600 100 200' }));
    const phone = await pairsDavPhone(server);
    const tag = fc.constantFrom(
      'D:propfind',
      'D:prop',
      'D:sync-collection',
      'D:sync-token',
      'C:addressbook-query',
      'C:filter',
      'C:prop-filter',
      'C:text-match',
      'D:href',
      'x:y',
      '__proto__',
      'constructor',
      'a',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('&amp;', '&lol;', '&#0;', '&#x110000;', '<![CDATA[x]]>', '<!-- c -->', '<?p i?>', phone.book),
    );
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.tuple(tag, fc.array(tie('node'), { maxLength: 4 })).map(([name_, children]) => `<${name_}>${children.join('')}</${name_}>`),
      ),
    }));
    const root = fc
      .tuple(tag, fc.array(node, { maxLength: 4 }))
      .map(([name_, children]) => `<${name_} xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">${children.join('')}</${name_}>`);
    const path = fc.oneof(
      fc.constantFrom('/dav', '/dav/', phone.book, `/dav/p/${phone.id}/`, `/dav/b/${phone.id}/`, `${phone.book}x.vcf`),
      fc.webPath().map((tail) => `/dav${tail}`),
      fc.string({ maxLength: 30 }).map((tail) => `${phone.book}${encodeURIComponent(tail)}`),
    );
    const method = fc.constantFrom('PROPFIND', 'REPORT', 'PROPPATCH', 'PUT', 'DELETE', 'MKCOL', 'MOVE', 'GET', 'POST', 'LOCK');
    const depth = fc.constantFrom('0', '1', 'infinity', '-1', '');

    await fc.assert(
      fc.asyncProperty(method, path, fc.record({ body: fc.oneof(root, text), depth }), async (chosen, where, { body, depth: deep }) => {
        const answer = await phone.ask(chosen, where, { headers: { depth: deep, 'user-agent': 'iOS/18 dataaccessd' }, ...(chosen === 'GET' ? {} : { body }) });
        expect([chosen, where, body, answer.statusCode < 500 && answer.statusCode !== 401]).toEqual([chosen, where, body, true]);
      }),
      { numRuns: 400 },
    );
  }, 120_000);
});
