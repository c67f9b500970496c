import { expect, test } from 'vitest';
import { databaseFile } from '#server/database/connect.ts';
import { createList } from '#server/people/lists.service.ts';
import { listenToQuestions } from '#test/support/asked-questions.ts';
import { connectsDirectoryClient, opensDirectory } from '#test/support/ldap-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';

/** Steps that look like reading everything and are not. */
const bounded: readonly { readonly step: RegExp; readonly by: string }[] = [
  { step: /^SCAN \w+ VIRTUAL TABLE INDEX \d+:.*M/u, by: 'the words that were asked for' },
  { step: /^SCAN contacts USING INDEX/u, by: 'a limit, in the order of the index' },
  { step: /^SCAN first$/u, by: 'the limit of the query inside' },
];

/** Tables of a few rows, whatever the desk does, or read to the first row only. */
const small = /^SCAN (?:directories|settings|counters|directory_work|pbx_sources)\b/u;

test('C25: no question to the directory reads or sorts more than it seeks by', async () => {
  const server = await testServer();
  const acme = await givenCompany(server.ctx, { name: 'ACME', phone: '22 123 45 67' });
  const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', mobile: '600 100 200', companyId: acme.id });
  const list = await createList(server.ctx, { kind: 'static', name: 'Regulars', contactIds: [jan.id] });
  const desk = await opensDirectory(server);
  const clients = [
    await connectsDirectoryClient(server, desk),
    await connectsDirectoryClient(server, desk, { name: 'Workshop', scope: { everyone: false, listIds: [list.id] } }),
  ];
  const questions = listenToQuestions();
  for (const client of clients) expect((await client.search('(telephoneNumber=600100200)')).values('cn')).toEqual(['Jan Kowalski']);
  const filters = [
    '(telephoneNumber=+48600100200)',
    '(|(telephoneNumber=6001*)(mobile=*200))',
    '(cn=jan*)',
    '(o=acme)',
    '(objectClass=*)',
    `(uid=${jan.id})`,
    '(!(sn=x))',
  ];
  for (const client of clients) for (const filter of filters) expect((await client.search(filter)).code).toBe(0);

  const steps = questions.explained(databaseFile(server.ctx.folder.root)).flatMap(({ sql, plan }) => plan.map((step) => ({ step, sql })));
  expect(steps.some(({ step }) => step.includes('directory_entries USING PRIMARY KEY (directory_id=? AND digits=?)'))).toBe(true);
  expect(steps.some(({ step }) => step.includes('contact_search'))).toBe(true);
  const offences = steps.filter(
    ({ step }) => (step.startsWith('SCAN') && !small.test(step) && !bounded.some((entry) => entry.step.test(step))) || /TEMP B-TREE FOR ORDER BY/u.test(step),
  );
  expect(offences).toEqual([]);
});
