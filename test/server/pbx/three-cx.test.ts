import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { testServer } from '#test/support/test-server.ts';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
}

function nodesOf(parsed: readonly Record<string, unknown>[]): Node[] {
  return parsed.flatMap((entry) => {
    const name = Object.keys(entry).find((key) => key !== ':@' && key !== '#text' && !key.startsWith('?'));
    if (name === undefined) return [];
    return [{ name, attributes: (entry[':@'] ?? {}) as Node['attributes'], children: nodesOf(entry[name] as Record<string, unknown>[]) }];
  });
}

// 3CX, “CRM template XML description”: the elements in their order, with the attributes each must have.
const allowed: Readonly<Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>> = {
  Crm: {
    attributes: ['Country', 'Name', 'Version', 'SupportsEmojis', 'ListPageSize'],
    children: ['Number', 'Connection', 'Parameters', 'Authentication', 'Scenarios'],
  },
  Number: { attributes: ['Prefix', 'MaxLength'], children: [] },
  Connection: { attributes: ['MaxConcurrentRequests'], children: [] },
  Parameters: { attributes: [], children: ['Parameter'] },
  Parameter: { attributes: ['Name', 'Type', 'Parent', 'Editor', 'Title', 'Default'], children: [] },
  Authentication: { attributes: ['Type'], children: [] },
  Scenarios: { attributes: [], children: ['Scenario'] },
  Scenario: { attributes: ['Id', 'Type'], children: ['Request', 'Rules', 'Variables', 'Outputs'] },
  Request: { attributes: ['SkipIf', 'Url', 'MessagePasses', 'RequestEncoding', 'RequestType', 'ResponseType'], children: ['Headers', 'PostValues'] },
  Headers: { attributes: [], children: ['Value'] },
  PostValues: { attributes: [], children: ['Value'] },
  Value: { attributes: ['Key', 'Passes', 'Type'], children: [] },
  Rules: { attributes: [], children: ['Rule'] },
  Rule: { attributes: ['Type'], children: [] },
  Variables: { attributes: [], children: ['Variable'] },
  Variable: { attributes: ['Name', 'Path'], children: ['Filter'] },
  Filter: { attributes: [], children: [] },
  Outputs: { attributes: ['AllowEmpty'], children: ['Output'] },
  Output: { attributes: ['Type', 'Passes', 'Value'], children: [] },
};

function checkNode(node: Node): void {
  const rule = allowed[node.name];
  expect(rule, `an element ${node.name}`).toBeDefined();
  expect(Object.keys(node.attributes)).toEqual(rule?.attributes);
  const places = node.children.map((child) => rule?.children.indexOf(child.name) ?? -1);
  expect(places, `children of ${node.name}`).toEqual(places.toSorted((left, right) => left - right));
  expect(places).not.toContain(-1);
  for (const child of node.children) checkNode(child);
}

describe('C25: 3CX', () => {
  test('gets a template that has its elements and attributes in 3CX’s order, with the desk’s address and the key filled in', async () => {
    const server = await testServer();
    const pbx = await connectsPbx(server, { kind: '3cx' });
    const file = pbx.setup.find((text) => text.fileName.endsWith('3cx.xml'))?.text ?? '';

    expect(XMLValidator.validate(file)).toBe(true);
    const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
    const [crm] = nodesOf(parser.parse(file) as Record<string, unknown>[]);
    checkNode(crm as Node);
    const parameters = crm?.children[2]?.children.map((node) => [node.attributes['Name'], node.attributes['Default']]);
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
      { id: jan.id, firstName: 'Jan', lastName: 'Kowalski', company: 'ACME', url: expect.stringMatching(/^https:/u) },
    ]);
    expect(await contactsFor('+48221234500')).toMatchObject([{ firstName: 'ACME', lastName: '' }]);
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
