import { describe, expect, test } from 'vitest';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';
import { checkFormat, readXml, type XmlRule } from '#test/support/xml-nodes.ts';

const anything = /^.*$/u;

// 3CX, “CRM template XML description”: the elements in their order, with the attributes each must have.
const rules: Readonly<Record<string, XmlRule>> = {
  Crm: {
    attributes: ['Country', 'Name', 'Version', 'SupportsEmojis', 'ListPageSize'],
    children: [
      ['Number', 1, 1],
      ['Connection', 1, 1],
      ['Parameters', 1, 1],
      ['Authentication', 1, 1],
      ['Scenarios', 1, 1],
    ],
  },
  Number: { attributes: ['Prefix', 'MaxLength'] },
  Connection: { attributes: ['MaxConcurrentRequests'] },
  Parameters: { children: [['Parameter', 1, 20]] },
  Parameter: { attributes: ['Name', 'Type', 'Parent', 'Editor', 'Title', 'Default'] },
  Authentication: { attributes: ['Type'] },
  Scenarios: { children: [['Scenario', 2, 2]] },
  Scenario: {
    attributes: ['Id', 'Type'],
    children: [
      ['Request', 1, 1],
      ['Rules', 0, 1],
      ['Variables', 0, 1],
      ['Outputs', 0, 1],
    ],
  },
  Request: {
    attributes: ['SkipIf', 'Url', 'MessagePasses', 'RequestEncoding', 'RequestType', 'ResponseType'],
    children: [
      ['Headers', 1, 1],
      ['PostValues', 0, 1],
    ],
  },
  Headers: { children: [['Value', 1, 1]] },
  PostValues: { children: [['Value', 5, 5]] },
  Value: { attributes: ['Key', 'Passes', 'Type'], text: anything },
  Rules: { children: [['Rule', 1, 1]] },
  Rule: { attributes: ['Type'], text: anything },
  Variables: { children: [['Variable', 5, 5]] },
  Variable: { attributes: ['Name', 'Path'], children: [['Filter', 1, 1]] },
  Filter: {},
  Outputs: { attributes: ['AllowEmpty'], children: [['Output', 7, 7]] },
  Output: { attributes: ['Type', 'Passes', 'Value'] },
};

describe('C25: 3CX', () => {
  test('gets a template that has its elements and attributes in 3CX’s order, with the desk’s address and the key filled in', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server, { kind: '3cx' });
    const file = pbx.setup.find((text) => text.fileName.endsWith('3cx.xml'))?.text ?? '';

    const crm = readXml(file);
    checkFormat(crm, rules);
    const parameters = crm.children[2]?.children.map((node) => [node.attributes['Name'], node.attributes['Default']]);
    expect(parameters).toEqual([
      ['BaseUrl', expect.stringMatching(/^https:\/\/.+:\d+$/u)],
      ['ApiKey', pbx.key],
      ['ReportCallEnabled', 'True'],
    ]);
  });

  test('is given one contact, and none for a stranger or somebody who is not for phones', async () => {
    const server = await testServer();
    const acme = await givenCompany(server.ctx, { name: 'ACME', phone: '22 123 45 00' });
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200', companyId: acme.id });
    await givenContact(server.ctx, { firstName: 'Secret', lastName: 'Person', phone: '600 100 999', publishToPhones: false });
    const pbx = await connectsPbx(server, { kind: '3cx' });
    const contactsFor = async (number: string) => (await pbx.get(`/3cx/lookup?n=${encodeURIComponent(number)}`)).json<{ contacts: unknown[] }>().contacts;

    expect(await contactsFor('+48600100200')).toEqual([
      {
        id: jan.id,
        firstName: 'Jan',
        lastName: 'Kowalski',
        company: 'ACME',
        url: expect.stringMatching(new RegExp(`^https://[^/]+/phone/#/people/${jan.id}$`, 'u')),
      },
    ]);
    expect(await contactsFor('+48221234500')).toMatchObject([{ firstName: 'ACME', lastName: '', url: expect.stringMatching(/^https:\/\/[^/]+\/phone\/$/u) }]);
    expect(await contactsFor('+48600100999')).toEqual([]);
    expect(await contactsFor('+48600100000')).toEqual([]);
  });

  test('never gives a number that several share as one person’s', async () => {
    const server = await testServer();
    await givenContact(server.ctx, { firstName: 'Anna', lastName: 'Nowak', phone: '600 100 200' });
    await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const pbx = await connectsPbx(server, { kind: '3cx' });

    const [contact] = (await pbx.get('/3cx/lookup?n=%2B48600100200')).json<{ contacts: { firstName: string; lastName: string }[] }>().contacts;

    expect(contact?.lastName).toBe('');
    expect(contact?.firstName).toContain('Anna');
    expect(contact?.firstName).toContain('Jan');
  });

  test('reports a call once, however often it sends the entry', async () => {
    const server = await testServer();
    const jan = await givenContact(server.ctx, { firstName: 'Jan', lastName: 'Kowalski', phone: '600 100 200' });
    const pbx = await connectsPbx(server, { kind: '3cx', extensions: [{ extension: '101', agentId: 'owner' }] });
    const entry = { type: 'Inbound', number: '+48600100200', agent: '101', duration: '00:02:05', start: '2026-03-02T09:12:00Z' };

    const first = await pbx.post('/3cx/call', entry);
    expect(first.statusCode).toBe(200);
    expect((await pbx.post('/3cx/call', entry)).json()).toEqual(first.json());
    await pbx.post('/3cx/call', { ...entry, type: 'Missed', start: '2026-03-02T10:00:00Z', duration: '' });

    const calls = (await server.asConsole('GET', '/calls')).json().items;
    expect(calls).toMatchObject([
      { state: 'missed', direction: 'inbound', contact: { id: jan.id }, agent: { id: 'owner' } },
      { state: 'ended', direction: 'inbound', durationSeconds: 125, startedAt: '2026-03-02T09:12:00.000Z', contact: { id: jan.id } },
    ]);
  });
});
