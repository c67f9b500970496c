import { describe, expect, test } from 'vitest';
import type { Context } from '#server/kernel/context.ts';
import { testClock } from '#test/support/test-context.ts';
import { testServer, type TestServer } from '#test/support/test-server.ts';
import { givenCompany, givenContact } from '#test/support/people-builders.ts';
import { waitingMails } from '#test/support/member-builders.ts';

async function timelineOf(ctx: Context, ticketId: string): Promise<string[]> {
  const rows = await ctx.db.selectFrom('engagements').select('kind').where('ticket_id', '=', ticketId).orderBy('id').execute();
  return rows.map((row) => row.kind);
}

async function opened(server: TestServer, input: object = {}) {
  const answer = await server.asConsole('POST', '/tickets', { subject: 'The door is stuck', ...input });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

describe('opening a ticket from the desk', () => {
  test('it starts in the inbox’s first stage, belongs to the contact’s company and waits for the team', async () => {
    const server = await testServer();
    const company = await givenCompany(server.ctx);
    const contact = await givenContact(server.ctx, { companyId: company.id });

    const ticket = await opened(server, { contactId: contact.id, source: 'phone', priority: 'high', note: 'Sounded annoyed.' });

    expect(ticket).toMatchObject({
      number: 1001,
      isOpen: true,
      stage: { name: 'New' },
      priority: 'high',
      waitsFor: 'team',
      source: 'phone',
      contact: { id: contact.id, name: 'Anna Nowak' },
      company: { id: company.id, name: company.name },
      assignee: null,
      inbox: { name: 'Support' },
      conversation: [{ type: 'note', note: { kind: 'note', text: 'Sounded annoyed.', author: { id: 'owner' } } }],
    });
    expect((await opened(server)).number).toBe(1002);
  });

  test('what the customer told becomes the first message, in their name; no mail goes out', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { email: 'anna@example.com' });

    const ticket = await opened(server, { contactId: contact.id, source: 'phone', text: 'It opens only half-way.' });

    expect(ticket.conversation).toMatchObject([
      { type: 'message', message: { direction: 'in', author: { kind: 'contact', id: contact.id, name: 'Anna Nowak' }, channel: 'phone' } },
    ]);
    expect(ticket.preview).toBe('It opens only half-way.');
    expect(await waitingMails(server.ctx)).toEqual([]);
    expect(await timelineOf(server.ctx, ticket.id)).toEqual(['ticket-opened', 'message']);
  });

  test.each([
    [{ subject: ' ' }, 'subject', 'Write what it is about.'],
    [{ subject: '\u0000\u0007' }, 'subject', 'Write what it is about.'],
    [{ subject: 'x', contactId: 'nobody' }, 'contactId', 'This contact is no longer there. Choose another.'],
    [{ subject: 'x', companyId: 'none' }, 'companyId', 'This company is no longer there. Choose another.'],
    [{ subject: 'x', inboxId: 'none' }, 'inboxId', 'This inbox is no longer there. Choose another.'],
    [{ subject: 'x', priority: 'huge' }, 'priority', expect.any(String)],
    [{ subject: 'x'.repeat(201) }, 'subject', expect.any(String)],
  ])('%j is refused and the field named; nothing is left behind', async (input, ...[path, message]) => {
    const server = await testServer();

    const refused = await server.asConsole('POST', '/tickets', input);

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toEqual([{ path, message }]);
    expect((await server.asConsole('GET', '/tickets/counts')).json().open).toBe(0);
  });

  test('a subject is one line, whatever was pasted', async () => {
    const server = await testServer();

    const { id, subject } = await opened(server, { subject: ' Door\r\nBcc: all@example.com\u0000\tstuck ' });
    const changed = await server.asConsole('PATCH', `/tickets/${id}`, { subject: 'a\n\nb' });

    expect(subject).toBe('Door Bcc: all@example.com stuck');
    expect(changed.json().subject).toBe('a b');
  });

  test('fields that are not the caller’s to set are ignored', async () => {
    const server = await testServer();

    const ticket = await opened(server, {
      id: 'mine',
      number: 7,
      isReleased: false,
      createdAt: '2001-01-01T00:00:00.000Z',
      isOpen: false,
      stageId: 'support-closed',
    });

    expect(ticket).toMatchObject({ number: 1001, isReleased: true, isOpen: true, stage: { name: 'New' } });
    expect(ticket.createdAt).not.toBe('2001-01-01T00:00:00.000Z');
  });
});

describe('changing a ticket', () => {
  test('each field is changed alone', async () => {
    const server = await testServer();
    const { id } = await opened(server);
    const company = await givenCompany(server.ctx);
    const contact = await givenContact(server.ctx, { companyId: company.id });

    for (const [patch, expected] of [
      [{ subject: 'The gate is stuck' }, { subject: 'The gate is stuck' }],
      [{ priority: 'urgent' }, { priority: 'urgent' }],
      [{ category: 'Doors' }, { category: 'Doors' }],
      [{ assigneeId: 'owner' }, { assignee: { id: 'owner' } }],
      [{ contactId: contact.id }, { contact: { id: contact.id }, company: { id: company.id } }],
      [{ companyId: null }, { contact: { id: contact.id }, company: null }],
      [{ isReleased: false }, { isReleased: false }],
      [{ assigneeId: null }, { assignee: null, subject: 'The gate is stuck', priority: 'urgent', category: 'Doors' }],
    ] as const) {
      const changed = await server.asConsole('PATCH', `/tickets/${id}`, patch);
      expect(changed.statusCode).toBe(200);
      expect(changed.json()).toMatchObject(expected);
    }
  });

  test.each([
    [{ assigneeId: 'nobody-here' }, 'assigneeId'],
    [{ stageId: 'none' }, 'stageId'],
    [{ inboxId: 'none' }, 'inboxId'],
    [{ contactId: 'none' }, 'contactId'],
    [{ properties: { colour: 'red' } }, 'properties.colour'],
  ])('%j is refused, and what came with it is not changed either', async (patch, path) => {
    const server = await testServer();
    const { id } = await opened(server);

    const refused = await server.asConsole('PATCH', `/tickets/${id}`, { subject: 'Another', ...patch });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors).toMatchObject([{ path }]);
    expect((await server.asConsole('GET', `/tickets/${id}`)).json().subject).toBe('The door is stuck');
  });

  test('stages say whose turn it is; closing and reopening stand on the timeline with their times', async () => {
    const server = await testServer();
    const { id } = await opened(server);
    const move = async (stageId: string) => (await server.asConsole('PATCH', `/tickets/${id}`, { stageId })).json();

    expect(await move('support-waiting')).toMatchObject({ isOpen: true, waitsFor: 'customer', closedAt: null });
    const closed = await move('support-closed');
    expect(closed).toMatchObject({ isOpen: false, waitsFor: 'nobody', stage: { name: 'Closed' } });
    expect(closed.closedAt).not.toBeNull();
    expect(await move('support-progress')).toMatchObject({ isOpen: true, waitsFor: 'team', closedAt: null });
    expect(await timelineOf(server.ctx, id)).toEqual(['ticket-opened', 'ticket-closed', 'ticket-reopened']);
  });

  test('of two agents who close it at once, one does', async () => {
    const server = await testServer();
    const { id } = await opened(server);

    const answers = await Promise.all([1, 2].map(() => server.asConsole('PATCH', `/tickets/${id}`, { stageId: 'support-closed' })));

    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200]);
    expect(answers[0]?.json().closedAt).toBe(answers[1]?.json().closedAt);
    expect(await timelineOf(server.ctx, id)).toEqual(['ticket-opened', 'ticket-closed']);
  });

  test('a ticket that is not there is not found, whatever is asked of it', async () => {
    const server = await testServer();

    const answers = await Promise.all([
      server.asConsole('GET', '/tickets/none'),
      server.asConsole('PATCH', '/tickets/none', { subject: 'x' }),
      server.asConsole('POST', '/tickets/none/messages', { text: 'x' }),
      server.asConsole('POST', '/tickets/none/notes', { text: 'x' }),
      server.asConsole('POST', '/tickets/none/comments', { text: 'x' }),
    ]);

    expect(answers.map((answer) => answer.statusCode)).toEqual([404, 404, 404, 404, 404]);
  });
});

describe('counts', () => {
  test('follow every change of a ticket, also those that no code of ours makes', async () => {
    const server = await testServer();
    const counts = async () => (await server.asConsole('GET', '/tickets/counts')).json();
    const agent = (await server.asConsole('POST', '/agents', { name: 'Ben' })).json();
    const first = await opened(server);
    const second = await opened(server);
    expect(await counts()).toEqual({ open: 2, unassigned: 2, mine: 0, waitingForTeam: 2 });

    await server.asConsole('PATCH', `/tickets/${first.id}`, { assigneeId: 'owner', stageId: 'support-waiting' });
    await server.asConsole('PATCH', `/tickets/${second.id}`, { assigneeId: agent.id });
    expect(await counts()).toEqual({ open: 2, unassigned: 0, mine: 1, waitingForTeam: 1 });
    expect((await server.asConsole('GET', '/inboxes')).json().items).toMatchObject([{ openTickets: 2 }]);

    await server.ctx.db.deleteFrom('agents').where('id', '=', agent.id).execute();
    expect(await counts()).toEqual({ open: 2, unassigned: 1, mine: 1, waitingForTeam: 1 });

    await server.asConsole('PATCH', `/tickets/${first.id}`, { stageId: 'support-closed' });
    await server.ctx.db.deleteFrom('tickets').where('id', '=', second.id).execute();
    expect(await counts()).toEqual({ open: 0, unassigned: 0, mine: 0, waitingForTeam: 0 });
  });
});

describe('the desk’s list', () => {
  test('shows the most recently active first, page by page, open or closed or both, by any filter', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const contact = await givenContact(server.ctx);
    const numbers: number[] = [];
    const ids = new Map<number, string>();
    for (let index = 0; index < 7; index += 1) {
      clock.advance(60_000);
      const ticket = await opened(server, index % 2 === 0 ? { contactId: contact.id } : {});
      numbers.push(ticket.number);
      ids.set(ticket.number, ticket.id);
    }
    clock.advance(60_000);
    await server.asConsole('PATCH', `/tickets/${ids.get(1003)}`, { stageId: 'support-closed', assigneeId: 'owner' });
    await server.asConsole('PATCH', `/tickets/${ids.get(1005)}`, { stageId: 'support-waiting', assigneeId: 'owner' });
    clock.advance(60_000);
    await server.asConsole('POST', `/tickets/${ids.get(1001)}/notes`, { text: 'Looked at it.' });

    async function list(query: string): Promise<number[]> {
      const found: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const answer: { items: { number: number }[]; nextCursor: string | null } = (
          await server.asConsole('GET', `/tickets?limit=2&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
        ).json();
        found.push(...answer.items.map((item) => item.number));
        cursor = answer.nextCursor;
      }
      return found;
    }

    expect(await list('')).toEqual([1001, 1007, 1006, 1005, 1004, 1002]);
    expect(await list('state=closed')).toEqual([1003]);
    expect(await list('state=all')).toEqual([1001, 1003, 1007, 1006, 1005, 1004, 1002]);
    expect(await list(`contactId=${contact.id}&state=all`)).toEqual([1001, 1003, 1007, 1005]);
    expect(await list('assigneeId=me&state=all')).toEqual([1003, 1005]);
    expect(await list('assigneeId=nobody')).toEqual([1001, 1007, 1006, 1004, 1002]);
    expect(await list('stageId=support-waiting')).toEqual([1005]);
    expect(await list('stageId=support-closed')).toEqual([]);
    expect(await list('stageId=support-closed&state=all')).toEqual([1003]);
    expect(await list('waitsFor=customer')).toEqual([1005]);
    expect(await list('inboxId=support&assigneeId=me')).toEqual([1005]);
    expect(await list('inboxId=none')).toEqual([]);
  });

  test('a cursor that is none is refused and named', async () => {
    const server = await testServer();

    expect((await server.asConsole('GET', '/tickets?cursor=zzz')).json().errors).toMatchObject([{ path: 'cursor' }]);
    expect((await server.asConsole('GET', '/tickets?search=door&cursor=zzz')).json().errors).toMatchObject([{ path: 'cursor' }]);
    expect((await server.asConsole('GET', '/tickets?limit=0')).json().errors).toMatchObject([{ path: 'limit' }]);
  });
});
