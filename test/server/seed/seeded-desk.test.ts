import { rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDesk, type Desk } from '#server/commands/open-desk.ts';
import { seedFolder } from '#server/commands/seed.ts';
import { openConnection } from '#server/database/sqlite-connection.ts';
import { databaseFile } from '#server/database/connect.ts';
import { isPasswordOf } from '#server/members/password-hashing.ts';
import { getContact, listContacts } from '#server/people/contacts.service.ts';
import { refreshContacts } from '#server/people/contact-refresh.service.ts';
import { getList, listLists } from '#server/people/lists.service.ts';
import { ContactQuery } from '#server/people/people.contract.ts';
import { listTimeline } from '#server/people/timeline.service.ts';
import { replaceNumbers } from '#server/phone-numbers/phone-numbers.service.ts';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { readSettings } from '#server/settings/settings.service.ts';
import { listTickets } from '#server/tickets/ticket-list.service.ts';
import { refreshTicketSearch } from '#server/tickets/ticket-search.service.ts';
import { TicketQuery } from '#server/tickets/tickets.contract.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { temporaryFolder } from '#test/support/test-context.ts';

const size = { contacts: 2000, tickets: 600, members: 12, password: 'correct horse battery' };

let folder: string;
let members: string[];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'doorline-seed-'));
  ({ members } = await seedFolder(folder, size));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function seededDesk(): Promise<Desk> {
  const desk = await openDesk(folder);
  onTestFinished(() => desk.close());
  return desk;
}

/** Everything in a table, as text. */
function contentOf(root: string, table: string): string {
  const connection = openConnection(databaseFile(root), { readonly: true });
  const rows = connection.prepare(`select * from ${table} order by 1, 2`).all();
  connection.close();
  return JSON.stringify(rows);
}

describe('a seeded desk', () => {
  test('has as much of everything as was asked for', async () => {
    const { ctx } = await seededDesk();
    const count = async (table: 'contacts' | 'tickets' | 'members') => (await ctx.db.selectFrom(table).select('id').execute()).length;

    expect([await count('contacts'), await count('tickets'), await count('members')]).toEqual([2000, 600, 12]);
    expect(members).toHaveLength(10);
  });

  test('holds together: every reference leads somewhere, every page is sound', async () => {
    const { database } = await seededDesk();

    expect(database.connection.pragma('foreign_key_check')).toEqual([]);
    expect(database.connection.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  test('has all indexes of a fresh desk', async () => {
    const fresh = temporaryFolder();
    await (await openDesk(fresh)).close();

    expect(contentOf(folder, "(select name, tbl_name from sqlite_master where type = 'index')")).toBe(
      contentOf(fresh, "(select name, tbl_name from sqlite_master where type = 'index')"),
    );
  });

  test('has members who sign in with the password, and the portal on for them', async () => {
    const { ctx } = await seededDesk();
    const rows = await ctx.db
      .selectFrom('members')
      .innerJoin('contacts', 'contacts.id', 'members.contact_id')
      .select(['contacts.email', 'members.password_hash', 'members.state'])
      .where('contacts.email', 'in', members)
      .execute();

    expect(rows).toHaveLength(10);
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['active']));
    expect(await isPasswordOf(rows[0]?.password_hash ?? '', size.password)).toBe(true);
    expect((await readSettings(ctx, portalSettings)).isOn).toBe(true);
  });

  test('gives each member tickets of their own', async () => {
    const { ctx } = await seededDesk();

    const rows = await ctx.db
      .selectFrom('members')
      .innerJoin('tickets', 'tickets.contact_id', 'members.contact_id')
      .select(['members.id', (ticket) => ticket.fn.countAll<number>().as('count')])
      .groupBy('members.id')
      .execute();

    expect(rows).toHaveLength(12);
    for (const row of rows) expect(Number(row.count)).toBeGreaterThanOrEqual(20);
  });

  test('has numbers exactly as if a person had typed them', async () => {
    const { ctx } = await seededDesk();
    const before = [contentOf(folder, 'phone_numbers'), contentOf(folder, 'number_keys')];

    const changed = await inTransaction(ctx, async (ctx) => {
      const rows = await ctx.db.selectFrom('phone_numbers').select(['owner_kind', 'owner_id', 'field', 'raw', 'country', 'position']).orderBy('id').execute();
      const owners = Map.groupBy(rows, (row) => `${row.owner_kind}:${row.owner_id}`);
      const fields = [...owners].map(([key, numbers]) => {
        const [kind = '', id = ''] = key.split(':');
        const raws = Map.groupBy(numbers, (row) => row.field);
        return {
          owner: { kind: kind as 'contact' | 'company', id },
          fields: [...raws].map(([field, several]) => ({ field: field as 'phone' | 'mobile', raw: several.map((row) => row.raw).join('; ') })),
          country: numbers[0]?.country ?? '',
        };
      });
      await ctx.db.deleteFrom('phone_numbers').execute();
      for (const one of fields) await replaceNumbers(ctx, one.owner, one.fields, { country: one.country });
      return fields.length;
    });

    expect(changed).toBeGreaterThan(1500);
    const withoutIds = (text: string) => text.replaceAll(/"(?:number_)?id":\d+,/gu, '');
    const sorted = (text: string) => (JSON.parse(withoutIds(text)) as unknown[]).map((row) => JSON.stringify(row)).sort((a, b) => a.localeCompare(b));
    expect(sorted(contentOf(folder, 'phone_numbers'))).toEqual(sorted(before[0] ?? ''));
    expect(sorted(contentOf(folder, 'number_keys'))).toEqual(sorted(before[1] ?? ''));
  });

  test('has some numbers nobody can read, some that several people share, and switchboards', async () => {
    const { ctx } = await seededDesk();
    const kinds = await ctx.db.selectFrom('phone_numbers').select('kind').distinct().execute();
    const shared = await ctx.db
      .selectFrom('phone_numbers')
      .select('e164')
      .where('e164', 'is not', null)
      .groupBy('e164')
      .having((number) => number.fn.countAll(), '>', 1)
      .execute();
    const switchboards = await ctx.db.selectFrom('phone_numbers').select('id').where('is_switchboard', '=', 1).execute();

    expect(kinds.map((row) => row.kind)).toEqual(expect.arrayContaining(['e164', 'unreadable', 'short']));
    expect(shared.length).toBeGreaterThan(10);
    expect(switchboards.length).toBeGreaterThan(3);
  });

  test('finds people and tickets by the words the services would have indexed', async () => {
    const { ctx } = await seededDesk();
    const words = async () => {
      const rows = await ctx.db.selectFrom('contacts').select(['id', 'first_name', 'last_name', 'email']).orderBy('id').limit(40).execute();
      const found: string[][] = [];
      for (const row of rows) {
        const page = await listContacts(ctx, ContactQuery.parse({ search: `${row.first_name} ${row.last_name}`, limit: 200 }));
        expect(page.items.map((item) => item.id)).toContain(row.id);
        found.push(page.items.map((item) => item.id));
      }
      for (const ticket of await ctx.db.selectFrom('tickets').select(['id', 'subject', 'number']).orderBy('id').limit(40).execute()) {
        const page = await listTickets(ctx, TicketQuery.parse({ search: `${ticket.number} ${ticket.subject}`, state: 'all', limit: 200 }));
        expect(page.items.map((item) => item.id)).toContain(ticket.id);
        found.push(page.items.map((item) => item.id));
      }
      return found;
    };
    const before = await words();

    await inTransaction(ctx, async (ctx) => {
      const contacts = await ctx.db.selectFrom('contacts').select('id').execute();
      for (let start = 0; start < contacts.length; start += 500)
        await refreshContacts(
          ctx,
          contacts.slice(start, start + 500).map((row) => row.id),
        );
      for (const ticket of await ctx.db.selectFrom('tickets').selectAll().execute()) await refreshTicketSearch(ctx, ticket);
    });

    expect(await words()).toEqual(before);
  });

  test('has lists that count their members and an active one that is right', async () => {
    const { ctx } = await seededDesk();
    const { items } = await listLists(ctx);
    const managers = items.find((list) => list.kind === 'active');

    for (const list of items) {
      const rows = await ctx.db.selectFrom('list_members').select('contact_id').where('list_id', '=', list.id).execute();
      expect(rows.length).toBe(list.memberCount);
      expect(list.memberCount).toBeGreaterThan(0);
    }
    await inTransaction(ctx, async (ctx) => {
      const contacts = await ctx.db.selectFrom('contacts').select('id').execute();
      for (let start = 0; start < contacts.length; start += 500)
        await refreshContacts(
          ctx,
          contacts.slice(start, start + 500).map((row) => row.id),
        );
    });
    expect(await getList(ctx, managers?.id ?? '')).toMatchObject({ memberCount: managers?.memberCount });
  });

  test('has timelines, and people ordered by their last activity', async () => {
    const { ctx } = await seededDesk();
    const { items } = await listContacts(ctx, ContactQuery.parse({ limit: 100 }));
    const times = items.map((item) => item.lastActivityAt);

    expect(times).toEqual([...times].sort((left, right) => right.localeCompare(left)));
    const newest = items[0];
    expect((await listTimeline(ctx, { contactId: newest?.id ?? '' }, { limit: 5 })).items).toHaveLength(5);
    expect(await getContact(ctx, newest?.id ?? '')).toMatchObject({ member: { state: 'active' } });
  });
});

test('the same numbers give the same desk', async () => {
  const [one, other] = [temporaryFolder(), temporaryFolder()];
  const small = { contacts: 200, tickets: 60, members: 0, password: '' };

  await seedFolder(one, small);
  await seedFolder(other, small);

  for (const table of [
    'contacts',
    'companies',
    'phone_numbers',
    'number_keys',
    'deals',
    'tickets',
    'messages',
    'internal_notes',
    'engagements',
    'list_members',
  ]) {
    expect(contentOf(one, table)).toBe(contentOf(other, table));
  }
});

test('a desk that is in use already is left as it is', async () => {
  const root = temporaryFolder();
  await seedFolder(root, { contacts: 10, tickets: 0, members: 0, password: '' });
  const before = contentOf(root, 'contacts');

  await expect(seedFolder(root, { contacts: 20, tickets: 0, members: 0, password: '' })).rejects.toMatchObject({ code: 'desk-not-empty' });

  expect(contentOf(root, 'contacts')).toBe(before);
});

test('an empty request leaves a working, empty desk', async () => {
  const root = temporaryFolder();

  await expect(seedFolder(root, { contacts: 0, tickets: 0, members: 0, password: '' })).resolves.toMatchObject({ members: [] });
});
