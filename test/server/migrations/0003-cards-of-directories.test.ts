import { describe, expect, test } from 'vitest';
import { migrations } from '#server/database/migrations/index.ts';
import { changeContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, responsesIn, syncBody } from '#test/support/dav-builders.ts';
import { givenOlderDesk, phoneOf } from '#test/support/older-desk.ts';
import { testServer } from '#test/support/test-server.ts';

describe('bringing a desk to version 3', () => {
  test('phones go on from the cursors they hold, and their address books hold everybody that was there before', async () => {
    const older = await givenOlderDesk(migrations.slice(0, 2), ['Jan', 'Kowalski']);
    const server = await testServer({ folder: older.folder });
    const phone = phoneOf(server, older);

    const cards = responsesIn((await phone.report(syncBody(''))).body);
    expect(cards.map((card) => card.href)).toEqual([`${phone.book}c${older.contact}.vcf`]);
    expect(cards[0]?.vcard).toContain('TEL;TYPE=CELL:+48600100200\r\nTEL;TYPE=CELL:+48600100201\r\n');

    const unchanged = (await phone.get(`/directory?cursor=${older.cursor}`)).json<{ add: unknown[]; remove: unknown[]; mode: string }>();
    expect(unchanged).toMatchObject({ mode: 'delta', add: [], remove: [] });

    await changeContact(server.ctx, older.contact, { lastName: 'Nowak' });
    await buildsDirectories(server);
    expect(responsesIn((await phone.report(syncBody(''))).body)[0]?.vcard).toContain('FN:Jan Nowak\r\n');
  });
});
