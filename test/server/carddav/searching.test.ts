import { describe, expect, test } from 'vitest';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { createCompany } from '#server/people/companies.service.ts';
import { createContact } from '#server/people/contacts.service.ts';
import { pairsDavPhone, queryBody, responsesIn, syncBody } from '#test/support/dav-builders.ts';
import { testServer } from '#test/support/test-server.ts';

async function givenBook() {
  const server = await testServer();
  const acme = await createCompany(server.ctx, CompanyInput.parse({ name: 'ACME & Söhne' }));
  const people = [
    { firstName: 'Jan', lastName: 'Żółw', mobile: '600 100 200', companyId: acme.id },
    { firstName: 'Janina', lastName: 'Lis', phone: '22 555 10 10' },
    { firstName: 'Olga', lastName: 'Nowak', phone: '+49 30 123456' },
  ];
  const names = new Map<string, string>();
  for (const person of people) names.set(`c${(await createContact(server.ctx, ContactInput.parse(person))).id}`, person.firstName);
  const phone = await pairsDavPhone(server);
  await phone.ask('REPORT', phone.book, { body: syncBody('') });
  const ask = (filter: string) => phone.ask('REPORT', phone.book, { body: queryBody(filter), headers: { depth: '1' } });
  /** First names of the cards found. */
  const finds = async (filter: string) => {
    const answer = await ask(filter);
    expect(answer.statusCode).toBe(207);
    return responsesIn(answer.body)
      .map(({ href }) => names.get(href.slice(phone.book.length, -4)) ?? href)
      .sort();
  };
  return { phone, names, ask, finds };
}

const filter = (inner: string, test_ = 'anyof') => `<C:filter test="${test_}">${inner}</C:filter>`;
const prop = (name: string, inner = '', test_ = 'anyof') => `<C:prop-filter name="${name}" test="${test_}">${inner}</C:prop-filter>`;
const match = (text: string, type = 'contains', negate = 'no') => `<C:text-match match-type="${type}" negate-condition="${negate}">${text}</C:text-match>`;

describe('C21: searching an address book', () => {
  test('a number is found however it is written, in full or in part', async () => {
    const { finds } = await givenBook();
    for (const typed of ['+48600100200', '600-100-200', '0048 600 100 200', '600100'])
      expect([typed, await finds(filter(prop('TEL', match(typed))))]).toEqual([typed, ['Jan']]);
    expect(await finds(filter(prop('TEL', match('030 123456', 'equals'))))).toEqual([]);
    expect(await finds(filter(prop('TEL', match('123456', 'ends-with'))))).toEqual(['Olga']);
    expect(await finds(filter(prop('TEL', match('no digits'))))).toEqual([]);
  });

  test('names are found by any part, whatever their case and accents', async () => {
    const { finds } = await givenBook();
    expect(await finds(filter(prop('FN', match('jan'))))).toEqual(['Jan', 'Janina']);
    expect(await finds(filter(prop('FN', match('ZOLW'))))).toEqual([]);
    expect(await finds(filter(prop('FN', match('żÓłW'))))).toEqual(['Jan']);
    expect(await finds(filter(prop('ORG', match('&amp; sohne'))))).toEqual(['Jan']);
    expect(await finds(filter(prop('N', match('Nowak', 'starts-with'))))).toEqual(['Olga']);
    expect(await finds(filter(prop('FN', match('jan', 'contains', 'yes'))))).toEqual(['Olga']);
  });

  test('conditions are joined as the client says; what cards do not have is absent from all', async () => {
    const { finds, names } = await givenBook();
    expect(await finds(filter(prop('FN', match('jan')) + prop('TEL', match('600')), 'allof'))).toEqual(['Jan']);
    expect(await finds(filter(prop('FN', match('olga')) + prop('TEL', match('600')), 'anyof'))).toEqual(['Jan', 'Olga']);
    expect(await finds(filter(prop('FN', match('jan') + match('lis'), 'allof')))).toEqual(['Janina']);
    expect(await finds(filter(prop('EMAIL')))).toEqual([]);
    expect(await finds(filter(prop('EMAIL', '<C:is-not-defined/>')))).toEqual(['Jan', 'Janina', 'Olga']);
    expect(await finds(filter(prop('FN')))).toEqual(['Jan', 'Janina', 'Olga']);
    expect(await finds('')).toEqual(['Jan', 'Janina', 'Olga']);
    const [uid] = names.keys();
    expect(await finds(filter(prop('UID', match(uid ?? '', 'equals'))))).toEqual(['Jan']);
  });

  test('a limit is kept and said; filters by parameters are refused by their name', async () => {
    const { phone, ask } = await givenBook();
    const cut = responsesIn((await ask(`${filter(prop('FN'))}<C:limit><C:nresults>2</C:nresults></C:limit>`)).body);
    expect(cut.map((each) => each.status)).toEqual([200, 200, 507]);
    expect(cut[2]?.href).toBe(phone.book);
    const refused = await ask(filter(prop('TEL', '<C:param-filter name="TYPE"/>')));
    expect([refused.statusCode, refused.body.includes('<card:supported-filter/>')]).toEqual([403, true]);
  });
});
