import { describe, expect, test } from 'vitest';
import { foundTickets } from '#server/tickets/ticket-list.queries.ts';
import { agentMatch } from '#server/tickets/ticket-search.service.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';
import { givenUpload } from '#test/support/ticket-builders.ts';

const anyTicket = {
  assigneeId: null,
  contactId: null,
  companyId: null,
  stageId: null,
  waitsFor: null,
  inboxId: null,
  isOpen: null,
  before: Number.MAX_SAFE_INTEGER,
  limit: 1,
  examined: 10,
};

async function opened(server: TestServer, input: object) {
  return (await server.asConsole('POST', '/tickets', input)).json();
}

async function found(server: TestServer, search: string, more = 'state=all'): Promise<number[]> {
  const answer = await server.asConsole('GET', `/tickets?search=${encodeURIComponent(search)}&${more}`);
  expect(answer.statusCode).toBe(200);
  return answer.json().items.map((item: { number: number }) => item.number);
}

describe('the desk finds a ticket', () => {
  test('by words of its subject, number, messages, notes, comments and file names, and no longer by what it was called before', async () => {
    const server = await testServer();
    const ticket = await opened(server, { subject: 'Zepsute drzwi w Łodzi', text: 'Die Tür klemmt.', note: 'locksmith' });
    await opened(server, { subject: 'Another matter' });
    const file = await givenUpload(server.ctx, { fileName: 'floorplan.pdf' });
    await server.asConsole('POST', `/tickets/${ticket.id}/messages`, { text: 'We brought grease.', attachmentIds: [file.id] });
    await server.asConsole('POST', `/tickets/${ticket.id}/comments`, { text: 'third time this year' });

    const finds = [
      'drzwi',
      'lodzi',
      'ŁODZI',
      'tur',
      'grease',
      'grea',
      'locksmith',
      'third year',
      'floorplan',
      `#${ticket.number}`,
      'drzwi locksmith',
      '-drzwi',
    ];
    for (const words of finds) expect([words, await found(server, words)]).toEqual([words, [ticket.number]]);
    for (const words of ['fenster', 'drzwi fenster', 'oodzi', '***', '"']) expect([words, await found(server, words)]).toEqual([words, []]);
    expect(await found(server, '')).toHaveLength(2);

    await server.asConsole('PATCH', `/tickets/${ticket.id}`, { subject: 'The gate' });
    expect(await found(server, 'drzwi')).toEqual([]);
    expect(await found(server, 'gate grease')).toEqual([ticket.number]);
  });

  test('within a filter and a state, page by page, the newest ticket first', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx);
    const tickets = [];
    for (let index = 0; index < 5; index += 1)
      tickets.push(await opened(server, { subject: `Printer ${index}`, ...(index < 3 ? { contactId: contact.id } : {}) }));
    await server.asConsole('PATCH', `/tickets/${tickets[0].id}`, { stageId: 'support-closed' });

    const first = (await server.asConsole('GET', '/tickets?search=printer&state=all&limit=2')).json();
    const second = (await server.asConsole('GET', `/tickets?search=printer&state=all&limit=2&cursor=${first.nextCursor}`)).json();

    expect([...first.items, ...second.items].map((item) => item.number)).toEqual([1005, 1004, 1003, 1002]);
    expect(await found(server, 'printer', 'state=open')).toEqual([1005, 1004, 1003, 1002]);
    expect(await found(server, 'printer', 'state=closed')).toEqual([1001]);
    expect(await found(server, 'printer', `state=all&contactId=${contact.id}`)).toEqual([1003, 1002, 1001]);
    expect(await found(server, 'printer', 'state=all&assigneeId=me')).toEqual([]);
  });

  test('an owner’s identifier is not something to search for', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx);
    await opened(server, { subject: 'Printer', contactId: contact.id });

    expect(await found(server, 'contact')).toEqual([]);
    expect(await found(server, `contact${contact.id.replaceAll('-', '')}`)).toEqual([]);
    expect(await found(server, `owner:contact${contact.id.replaceAll('-', '')}`)).toEqual([]);
  });

  test('whatever is typed is a search, never a mistake', async () => {
    const server = await testServer();
    await opened(server, { subject: 'Printer' });
    const odd = [
      'NEAR(a b)',
      'a AND',
      'OR',
      'public_text:printer',
      '{owner} : x',
      '^printer',
      'printer*',
      '"printer',
      "printer'",
      'prin\u0000ter',
      ')(',
      'a'.repeat(200),
      '💥',
      '\u202E',
      '%',
      '_',
      '; drop table tickets',
      'NOT printer',
    ];

    for (const words of odd) {
      const answer = await server.asConsole('GET', `/tickets?search=${encodeURIComponent(words)}`);
      expect([words, answer.statusCode]).toEqual([words, 200]);
    }
  });
});

test('every letter and digit there is can be searched for without a mistake', async () => {
  const ctx = await testContext();
  const letters = Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => (code < 0xd8_00 || code > 0xdf_ff) && /[\p{L}\p{N}]/u.test(String.fromCodePoint(code)))
    .map((code) => String.fromCodePoint(code));

  for (let start = 0; start < letters.length; start += 12) {
    const typed = letters
      .slice(start, start + 12)
      .map((letter) => `a${letter}b`)
      .join(' ');
    const match = agentMatch(typed);
    if (match !== undefined) await ctx.hot.all(foundTickets, { ...anyTicket, ...match });
  }

  expect(letters.length).toBeGreaterThan(100_000);
});
