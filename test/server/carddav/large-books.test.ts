import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { projectDirectories } from '#server/devices/directory-projection.service.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { ContactInput } from '#server/people/people.contract.ts';
import { addContact, removeContact } from '#server/people/contacts.service.ts';
import { buildsDirectories, davMirror, pairsDavPhone, propfindBody, responsesIn, syncBody, syncTokenIn } from '#test/support/dav-builders.ts';
import { testServer } from '#test/support/test-server.ts';

/** More cards than an answer reads at once. */
const many = 2300;

async function givenLargeDesk() {
  const server = await testServer();
  const people = await inTransaction(server.ctx, async (ctx) => {
    const ids: string[] = [];
    for (let at = 0; at < many; at++) ids.push(await addContact(ctx, ContactInput.parse({ firstName: `P${at}`, mobile: `+4860${1_000_000 + at}` })));
    return ids;
  });
  return { server, people, phone: await pairsDavPhone(server) };
}

describe('C21: a large address book', () => {
  test('is read whole by token and by list, compressed for clients that like it, and each card once', async () => {
    const { server, phone } = await givenLargeDesk();
    await phone.ask('REPORT', phone.book, { body: syncBody('') });
    await buildsDirectories(server);

    const whole = responsesIn((await phone.ask('REPORT', phone.book, { body: syncBody('') })).body);
    expect([whole.length, new Set(whole.map((each) => each.href)).size]).toEqual([many, many]);
    const list = { body: propfindBody('<D:getetag/>'), headers: { depth: '1', 'accept-encoding': 'gzip, deflate' } };
    const packed = await phone.ask('PROPFIND', phone.book, list);
    expect([packed.headers['content-encoding'], packed.rawPayload.length < 200_000]).toEqual(['gzip', true]);
    const listed = responsesIn(gunzipSync(packed.rawPayload).toString('utf8'));
    expect(listed.map((each) => each.href).sort()).toEqual([phone.book, ...whole.map((each) => each.href)].sort());
  });

  test('a client that reads along while the book is first built misses nothing and keeps nothing that is gone', async () => {
    const { server, people, phone } = await givenLargeDesk();
    const mirror = davMirror(phone);
    // Each step builds a little; the client reads in between.
    await server.ctx.db.updateTable('directories').set({ cards_state: 'building' }).execute();
    await projectDirectories(server.ctx, 30);
    await mirror.sync();
    await inTransaction(server.ctx, async (ctx) => {
      for (const id of people.slice(0, 400)) await removeContact(ctx, id);
    });
    await projectDirectories(server.ctx, 30);
    await mirror.sync();
    await buildsDirectories(server);
    await mirror.sync();

    expect(mirror.cards.size).toBe(many - 400);
  });

  test('what changed is as long as what changed, in a book of any size', async () => {
    const { server, people, phone } = await givenLargeDesk();
    const first = await phone.ask('REPORT', phone.book, { body: syncBody('') });
    await buildsDirectories(server);
    const settled = await phone.ask('REPORT', phone.book, { body: syncBody(syncTokenIn(first.body)) });

    await removeContact(server.ctx, people[5] ?? '');
    const changes = await phone.ask('REPORT', phone.book, { body: syncBody(syncTokenIn(settled.body)) });

    expect(responsesIn(changes.body).map(({ href, status }) => [href, status])).toEqual([[`${phone.book}c${people[5]}.vcf`, 404]]);
    expect(changes.body.length).toBeLessThan(600);
  });
});
