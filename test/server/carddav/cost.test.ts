import { describe, expect, test } from 'vitest';
import * as queries from '#server/carddav/carddav.queries.ts';
import type { HotRead } from '#server/database/hot-reads.ts';
import { numbersOnCards } from '#server/devices/directory-cards.queries.ts';
import { listShownDigits } from '#server/devices/directory.queries.ts';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { createCompany, changeCompany } from '#server/people/companies.service.ts';
import { changeContact, createContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, pairsDavPhone, syncBody } from '#test/support/dav-builders.ts';
import { testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

describe('C21: what address books cost', () => {
  test('every read goes by an index, whatever the size of the book', async () => {
    const ctx = await testContext();
    const plan = (read: unknown) => ctx.hot.plan(read as HotRead<object, unknown>).join(' | ');

    for (const read of [queries.davDevice, queries.bookDirectory, queries.batchOfToken, queries.entryOfNumber]) expect(plan(read)).not.toContain('SCAN');
    for (const read of [queries.cardTags, queries.cardTexts]) expect(plan(read)).toBe('SEARCH directory_cards USING PRIMARY KEY (directory_id=? AND card>?)');
    expect(plan(queries.changedCards)).toBe('SEARCH directory_cards USING INDEX directory_cards_by_seq (directory_id=? AND (seq,card)>(?,?))');
    expect(plan(queries.cardByName)).toBe('SEARCH directory_cards USING PRIMARY KEY (directory_id=? AND card=?)');
    expect(plan(queries.cardsByNames)).toMatch(/^SEARCH directory_cards USING PRIMARY KEY \(directory_id=\? AND card=\?\)/u);
  });

  test('rendering a card seeks its owner’s numbers and each of them', async () => {
    const ctx = await testContext();
    const plans = [
      ctx.hot.plan({ build: (db) => numbersOnCards(db, 1, { kind: 'person', ids: ['a', 'b'] }) }).join(' | '),
      ctx.hot.plan({ build: (db) => db.selectFrom('directory_cards').selectAll().where('directory_id', '=', 1).where('card', 'in', ['a', 'b']) }).join(' | '),
    ];
    for (const plan of plans) expect(plan).not.toContain('SCAN');
    expect(plans[0]).toMatch(/^SEARCH phone_numbers USING INDEX \S+ \(owner_kind=\? AND owner_id=\?\)/u);
    expect(plans[0]).toContain('SEARCH directory_entries USING PRIMARY KEY (directory_id=? AND digits=?)');
  });

  test('a change writes the cards it touches and no others', async () => {
    const server = await testServer();
    const { ctx } = server;
    const acme = await createCompany(ctx, CompanyInput.parse({ name: 'ACME' }));
    const people: string[] = [];
    for (let at = 0; at < 30; at++) {
      const input = ContactInput.parse({ firstName: `P${at}`, phone: `+486001002${String(at).padStart(2, '0')}`, companyId: at < 3 ? acme.id : null });
      people.push((await createContact(ctx, input)).id);
    }
    const phone = await pairsDavPhone(server);
    await phone.ask('REPORT', phone.book, { body: syncBody('') });
    const written = async (change: () => Promise<unknown>) => {
      const { seq } = await ctx.db
        .selectFrom('directory_cards')
        .select((card) => card.fn.max('seq').as('seq'))
        .executeTakeFirstOrThrow();
      await change();
      await buildsDirectories(server);
      const rows = await ctx.db.selectFrom('directory_cards').select('card').where('seq', '>', seq).execute();
      return rows.map((row) => row.card);
    };

    expect(await written(() => changeContact(ctx, people[7] ?? '', { lastName: 'Nowak' }))).toEqual([`c${people[7]}`]);
    expect((await written(() => changeCompany(ctx, acme.id, { name: 'Apex' }))).sort()).toEqual(
      people
        .slice(0, 3)
        .map((id) => `c${id}`)
        .sort(),
    );
    expect(await written(() => changeContact(ctx, people[8] ?? '', { jobTitle: 'Buyer' }))).toEqual([]);
  });

  test('nothing is rendered as cards for phones that have no address book', async () => {
    const server = await testServer();
    await createContact(server.ctx, ContactInput.parse({ firstName: 'Jan', mobile: '600 100 200' }));
    await pairsDavPhone(server);
    await buildsDirectories(server);

    expect(await listShownDigits(server.ctx.db, 1, { after: 0, limit: 5 })).toEqual([48600100200]);
    expect(await server.ctx.db.selectFrom('directory_cards').selectAll().execute()).toEqual([]);
  });
});
