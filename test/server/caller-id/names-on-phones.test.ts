import { describe, expect, test } from 'vitest';
import type { Contact } from '#server/people/people.contract.ts';
import { sayableName } from '#server/pbx/sayable-name.ts';
import { makers } from '#server/phonebooks/makers.ts';
import { buildsDirectories, davMirror, pairsDavPhone } from '#test/support/dav-builders.ts';
import { phoneWith } from '#test/support/device-builders.ts';
import { connectsDirectoryClient, opensDirectory } from '#test/support/ldap-builders.ts';
import { connectsPbx } from '#test/support/pbx-builders.ts';
import { testServer } from '#test/support/test-server.ts';

/** JSON escapes control characters; here they stand as they are. */
function parsed(json: string): string {
  return json.replaceAll(/\\u([\da-f]{4})/giu, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** What turns letters round or rings a bell: bidi embeddings, overrides and isolates, C0 and C1 controls, line separators. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const tricks = /[\u202a-\u202e\u2066-\u2069\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/u;

/** On a display that obeys U+202E this reads “Bank ” and then “PKO” from right to left. */
const spoofed = { firstName: 'Bank\u202E OKP', lastName: '\u2067Ko\u0007wal\u001Bski\u2069\u202C' };
const company = { name: 'AC\u202DME\u0000\u0085 & \u2066Co\u2069\u2028Ltd' };

describe('names that try to turn a display round', () => {
  test('reach no phone, card, phone book, directory or telephone system as they are, and stay as they were typed on the desk', async () => {
    const server = await testServer();
    const { id: companyId } = (await server.asConsole('POST', '/companies', { ...company, phone: '+48 22 123 45 00' })).json<{ id: string }>();
    const contact = (await server.asConsole('POST', '/contacts', { ...spoofed, companyId, phone: '+48 600 100 200' })).json<Contact>();
    for (const phone of ['+48 600 100 300', '+48 600 100 300']) await server.asConsole('POST', '/contacts', { ...spoofed, companyId, phone });
    await server.asConsole('POST', '/tickets', { subject: '\u202Eegassem a', text: 'x', contactId: contact.id });
    const dav = await pairsDavPhone(server);
    const phone = phoneWith(server, dav.id, dav.token);
    const pbx = await connectsPbx(server, { extensions: [{ extension: '101', agentId: 'owner' }] });
    const desk = await opensDirectory(server);
    const client = await connectsDirectoryClient(server, desk);
    await buildsDirectories(server);
    const mirror = davMirror(dav);
    await mirror.sync();
    const ask = async (url: string) => (await phone.get(url)).body;
    await pbx.post('/event', { event: 'ringing', from: '+48600100200', to: '101', callId: 'a' });

    const outputs: Record<string, string> = {
      'phone look-up': parsed(await ask('/lookup?number=%2B48600100200')),
      'shared look-up': parsed(await ask('/lookup?number=%2B48600100300')),
      'company look-up': parsed(await ask('/lookup?number=%2B48221234500')),
      directory: parsed(await ask('/directory')),
      'people on the phone page': parsed(await ask('/contacts?search=wal')),
      person: parsed(await ask(`/contacts/${contact.id}`)),
      calls: parsed(await ask('/calls')),
      cards: [...mirror.cards.values()].join('\n').replaceAll('\r\n', '\n'),
      name: (await pbx.get('/name?n=%2B48600100200')).body,
      '3cx': parsed((await pbx.get('/3cx/lookup?n=%2B48600100200')).body),
    };
    for (const number of ['600100200', '600100300', '221234500'])
      outputs[`ldap ${number}`] = (await client.search(`(telephoneNumber=${number})`)).values('(?:cn|sn|givenName|o|displayName)').join('\n');
    for (const maker of makers) {
      const book = await connectsPbx(server, { kind: maker });
      outputs[maker] = (await server.onLan({ url: `/phonebook/${book.key}/${maker}.xml` })).body;
    }

    for (const [where, text] of Object.entries(outputs)) {
      expect([where, text.length > 0, tricks.exec(text)]).toEqual([where, true, null]);
      expect([where, /Bank OKP|AC ?ME/u.test(text)]).toEqual([where, true]);
    }
    expect(outputs['name']).toBe('Bank OKP Ko wal ski - ACME & Co Ltd');
    const { firstName, lastName } = (await server.asConsole('GET', `/contacts/${contact.id}`)).json<Contact>();
    expect({ firstName, lastName }).toEqual(spoofed);
  });

  test('keep what scripts and emoji need: marks of direction, joiners, variation selectors', () => {
    for (const name of ['می\u200cخواهم', 'ক্\u200dষ', '👩\u200d🔧 Ola', 'שלום\u200f!', '❤\ufe0f Ewa']) expect(sayableName(name)).toBe(name);
  });

  test('are never cut in the middle of what is seen as one character', () => {
    expect(sayableName(`${'x'.repeat(37)}👩\u200d🔧`)).toBe('x'.repeat(37));
    expect(sayableName(`${'x'.repeat(39)}e\u0301\u0327`)).toBe('x'.repeat(39));
    expect(sayableName('👩\u200d🔧'.repeat(30))).toBe('👩\u200d🔧'.repeat(8));
  });
});
