import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companiesOfNumbers, ownersOfNumbers } from '#server/caller-id/caller-id.queries.ts';
import { labelsFor } from '#server/caller-id/directory-labels.service.ts';
import { isBehind, projectDirectories } from '#server/devices/directory-projection.service.ts';
import { endOfStretch, listPresentableOf, presentableWithin, rankedMembers } from '#server/devices/directory-members.queries.ts';
import { CursorGone } from '#server/devices/devices.errors.ts';
import { countChanged, fewChangedPage, fullPage, manyChangedPage } from '#server/devices/directory.queries.ts';
import { readDirectory } from '#server/devices/directory.service.ts';
import { addDevice } from '#server/devices/devices.service.ts';
import { deviceByToken } from '#server/devices/devices.queries.ts';
import { actingAs, inTransaction, type Context } from '#server/kernel/context.ts';
import { newId } from '#server/kernel/ids.ts';
import { createCompany, changeCompany } from '#server/people/companies.service.ts';
import { changeContact, createContact, removeContact, touchPeople } from '#server/people/contacts.service.ts';
import { changeListMembers, createList } from '#server/people/lists.service.ts';
import { CompanyInput, ContactInput } from '#server/people/people.contract.ts';
import { ensureOwner } from '#server/team/team.service.ts';
import { testContext } from '#test/support/test-context.ts';

// Few numbers and few people, so that they share, swap and lose numbers all the time.
const numbers = ['', '600100200', '600100201', '+4930123456', '+12125550123', '22 555 10 10'];
const names = ['Ann', 'Bea', 'Cyd'];

type Step =
  | { readonly kind: 'add'; readonly name: string; readonly phone: string; readonly mobile: string; readonly atCompany: boolean }
  | { readonly kind: 'change'; readonly who: number; readonly phone: string; readonly name: string }
  | { readonly kind: 'hide'; readonly who: number; readonly isHidden: boolean }
  | { readonly kind: 'remove' | 'talk'; readonly who: number }
  | { readonly kind: 'rename company'; readonly name: string }
  | { readonly kind: 'join' | 'leave'; readonly who: number }
  | { readonly kind: 'sync'; readonly phone: number; readonly limit: number; readonly pages: number };

const number = fc.constantFrom(...numbers);
const name = fc.constantFrom(...names);
const who = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), name, phone: number, mobile: number, atCompany: fc.boolean() }) },
  fc.record({ kind: fc.constant('change' as const), who, phone: number, name }),
  fc.record({ kind: fc.constant('hide' as const), who, isHidden: fc.boolean() }),
  fc.record({ kind: fc.constant('remove' as const), who }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('talk' as const), who }) },
  fc.record({ kind: fc.constant('rename company' as const), name: fc.constantFrom('ACME', 'Apex') }),
  fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), who }),
  fc.record({ kind: fc.constant('sync' as const), phone: fc.nat(3), limit: fc.integer({ min: 1, max: 4 }), pages: fc.integer({ min: 1, max: 4 }) }),
);

/** A phone as the interface describes it: full replaces, `remove` before `add`, the cursor goes on. */
class Phone {
  readonly held = new Map<string, string>();
  /** Lists that did not ascend. */
  readonly disorder: number[][] = [];
  readonly #ctx: Context;
  #cursor: string | undefined;
  #last = 0;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Reads one page; true when that was the last. */
  async page(limit: number): Promise<boolean> {
    const { answer } = await readDirectory(this.#ctx, { limit, ...(this.#cursor === undefined ? {} : { cursor: this.#cursor }) }, undefined);
    if (answer === undefined) throw new Error('An answer was expected.');
    if (this.#cursor === undefined) this.held.clear();
    const digits = [...answer.remove, ...answer.add.map(([added]) => added)].map(Number);
    for (const list of [answer.add.map(([added]) => Number(added)), answer.remove.map(Number)]) {
      if (list.some((value, index) => index > 0 && value <= (list[index - 1] ?? 0))) this.disorder.push(list);
    }
    // Over all pages of one reading, too: nothing comes at or below what came before.
    if (digits.some((value) => value <= this.#last)) this.disorder.push(digits);
    this.#last = answer.more ? Math.max(this.#last, ...digits) : 0;
    for (const removed of answer.remove) this.held.delete(removed);
    for (const [added, label] of answer.add) this.held.set(added, label);
    this.#cursor = answer.cursor;
    return !answer.more;
  }

  async syncs(limit: number): Promise<void> {
    while (!(await this.page(limit)));
    // A reading that began before the last change may end without it; the next brings it.
    while (!(await this.page(limit)));
  }
}

async function givenPhone(ctx: Context, scope: { everyone: boolean; listIds: string[]; most: number | null }): Promise<Phone> {
  const id = newId();
  const owner = await ensureOwner(ctx);
  const phone = { id, name: 'Phone', agentId: owner.id, platform: 'ios', scope: { ...scope, showsCompany: true }, leaseDays: null };
  await addDevice(ctx, { ...phone, visitor: { ip: '127.0.0.1', userAgent: '' } });
  return new Phone(actingAs(ctx, { kind: 'device', id, name: 'Phone', agentId: owner.id }));
}

/** What the phone should show: the label of every number there is, rendered from nothing. */
async function expected(ctx: Context, listIds: readonly string[] | null, directoryId?: number): Promise<Record<string, string>> {
  const rows = await ctx.db.selectFrom('phone_numbers').select('e164').where('e164', 'is not', null).execute();
  const labels = await labelsFor(ctx, [...new Set(rows.map((row) => row.e164 ?? ''))], { listIds, ...(directoryId === undefined ? {} : { directoryId }) });
  return Object.fromEntries([...labels].flatMap(([e164, label]) => (label === null ? [] : [[e164.slice(1), label.label]])));
}

/** Who should be inside a cap: everybody who could be on a phone, sorted, and the first so many. */
async function bestOf(ctx: Context, most: number, listId: string | null): Promise<string[]> {
  const rung = await ctx.db.selectFrom('phone_numbers').select('owner_id').where('e164', 'is not', null).execute();
  const members = await ctx.db
    .selectFrom('list_members')
    .select('contact_id')
    .where('list_id', '=', listId ?? '')
    .execute();
  const contacts = await ctx.db.selectFrom('contacts').selectAll().orderBy('activity_rank', 'desc').execute();
  const hasNumber = new Set(rung.map((row) => row.owner_id));
  const isListed = new Set(members.map((row) => row.contact_id));
  return contacts
    .filter((contact) => contact.publish_to_phones === 1 && hasNumber.has(contact.id) && (listId === null || isListed.has(contact.id)))
    .slice(0, most)
    .map((contact) => contact.id)
    .sort();
}

async function insideOf(ctx: Context, scope: string): Promise<{ readonly id: number; readonly inside: string[] }> {
  const { id, member_count } = await ctx.db.selectFrom('directories').selectAll().where('scope', '=', scope).executeTakeFirstOrThrow();
  const rows = await ctx.db.selectFrom('directory_members').select('contact_id').where('directory_id', '=', id).where('is_inside', '=', 1).execute();
  expect(rows).toHaveLength(member_count);
  return { id, inside: rows.map((row) => row.contact_id).sort() };
}

describe('synchronising', () => {
  test('whatever happens between and within syncs, full and deltas add up to the directory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const ctx = await testContext();
        const company = await createCompany(ctx, CompanyInput.parse({ name: 'ACME' }));
        const list = await createList(ctx, { kind: 'static', name: 'List', contactIds: [] });
        const phones = [
          await givenPhone(ctx, { everyone: true, listIds: [], most: null }),
          await givenPhone(ctx, { everyone: false, listIds: [list.id], most: null }),
          await givenPhone(ctx, { everyone: true, listIds: [], most: 2 }),
          await givenPhone(ctx, { everyone: false, listIds: [list.id], most: 1 }),
        ];
        const people: string[] = [];
        const at = (index: number) => people[index % Math.max(people.length, 1)];

        for (const action of steps) {
          switch (action.kind) {
            case 'add': {
              const { name: firstName, phone, mobile } = action;
              const input = ContactInput.parse({ firstName, phone, mobile, companyId: action.atCompany ? company.id : null });
              people.push((await createContact(ctx, input)).id);
              break;
            }
            case 'rename company':
              await changeCompany(ctx, company.id, { name: action.name });
              break;
            case 'sync':
              for (let page = 0; page < action.pages; page += 1) await phones[action.phone]?.page(action.limit);
              break;
            case 'change':
            case 'hide':
            case 'remove':
            case 'talk':
            case 'join':
            case 'leave': {
              const id = at(action.who);
              if (id === undefined) break;
              if (action.kind === 'change') await changeContact(ctx, id, { phone: action.phone, firstName: action.name });
              if (action.kind === 'talk') await touchPeople(ctx, { contactId: id });
              if (action.kind === 'hide') await changeContact(ctx, id, { publishToPhones: !action.isHidden });
              if (action.kind === 'join') await changeListMembers(ctx, list.id, { add: [id], remove: [] });
              if (action.kind === 'leave') await changeListMembers(ctx, list.id, { add: [], remove: [id] });
              if (action.kind === 'remove') {
                await removeContact(ctx, id);
                people.splice(people.indexOf(id), 1);
              }
              break;
            }
          }
        }
        for (const phone of phones) await phone.syncs(2);

        expect(phones.flatMap((phone) => phone.disorder)).toEqual([]);
        expect(Object.fromEntries(phones[0]?.held ?? [])).toEqual(await expected(ctx, null));
        expect(Object.fromEntries(phones[1]?.held ?? [])).toEqual(await expected(ctx, [list.id]));
        const [ofAll, ofList] = [await insideOf(ctx, 'all#2'), await insideOf(ctx, `${list.id}#1`)];
        expect(ofAll.inside).toEqual(await bestOf(ctx, 2, null));
        expect(ofList.inside).toEqual(await bestOf(ctx, 1, list.id));
        expect(Object.fromEntries(phones[2]?.held ?? [])).toEqual(await expected(ctx, null, ofAll.id));
        expect(Object.fromEntries(phones[3]?.held ?? [])).toEqual(await expected(ctx, [list.id], ofList.id));
        for (const { entry_count, id } of await ctx.db.selectFrom('directories').selectAll().execute()) {
          const rows = await ctx.db.selectFrom('directory_entries').select('digits').where('directory_id', '=', id).where('is_removed', '=', 0).execute();
          expect(rows).toHaveLength(entry_count);
        }
      }),
      { numRuns: 50 },
    );
  }, 180_000);

  test('a cursor from a time that a restored backup does not know is refused, even when numbers of batches have grown past it', async () => {
    const ctx = await testContext();
    await createContact(ctx, ContactInput.parse({ firstName: 'Jan', phone: '600100200' }));
    const phone = await givenPhone(ctx, { everyone: true, listIds: [], most: null });
    await phone.syncs(10);
    const [directory] = await ctx.db.selectFrom('directories').selectAll().execute();
    const lost = `1.${directory?.id}.${(directory?.newest_seq ?? 0) + 1}`;
    await new Promise((resume) => setTimeout(resume, 5));
    await createContact(ctx, ContactInput.parse({ firstName: 'Anna', phone: '600100201' }));
    await phone.syncs(10);

    const devices = await ctx.db.selectFrom('devices').selectAll().execute();
    const acting = actingAs(ctx, { kind: 'device', id: devices[0]?.id ?? '', name: '', agentId: 'owner' });

    await expect(readDirectory(acting, { limit: 10, cursor: lost }, undefined)).rejects.toThrow(CursorGone);
  });
});

describe('C3 a cap', () => {
  test('the one who was spoken to comes onto the phone, the one who was silent longest leaves it', async () => {
    const ctx = await testContext();
    const people = [];
    for (const [index, firstName] of ['Ann', 'Bea', 'Cyd'].entries()) {
      people.push(await createContact(ctx, ContactInput.parse({ firstName, phone: `60010020${index}` })));
    }
    const phone = await givenPhone(ctx, { everyone: true, listIds: [], most: 2 });
    await phone.syncs(10);
    const before = [...phone.held.values()];

    await touchPeople(ctx, { contactId: people[0]?.id ?? '' });
    await phone.syncs(10);

    expect(before).toEqual(['Bea', 'Cyd']);
    expect([...phone.held.values()].sort()).toEqual(['Ann', 'Cyd']);
  });
});

describe('what a cap costs', () => {
  test('letting in, pushing out and asking for the next best seek along indexes', async () => {
    const ctx = await testContext();

    const plans = [
      (db: Context['db']) => listPresentableOf(db, ['a', 'b'], ['list']),
      (db: Context['db']) => presentableWithin(db, { below: 5, from: 2 }, 10),
      (db: Context['db']) => endOfStretch(db, 5, 10),
      (db: Context['db']) => rankedMembers(db, 1, { isInside: true, limit: 10 }),
      (db: Context['db']) => rankedMembers(db, 1, { isInside: false, limit: 10 }),
    ].map((build) => ctx.hot.plan({ build }).join(' | '));

    for (const plan of plans) expect(plan).not.toMatch(/SCAN (contacts|phone_numbers|directory_members|list_members)(?! USING INDEX)|TEMP B-TREE/u);
    expect(plans[1]).toContain('activity_rank>? AND activity_rank<?');
    expect(plans[2]).toMatch(/COVERING INDEX .*activity_rank</u);
    expect(plans[3]).toContain('directory_members_by_rank (directory_id=? AND is_inside=?)');
  });

  test('a cap with room left looks through everybody once, then only at who changed', async () => {
    const ctx = await testContext();
    const first = await createContact(ctx, ContactInput.parse({ firstName: 'Ann', phone: '600100200' }));
    // More than one look covers, and none of them can be shown.
    for (let index = 0; index < 1100; index += 1) await createContact(ctx, ContactInput.parse({ firstName: `P${index}`, phone: '' }));
    await givenPhone(ctx, { everyone: true, listIds: [], most: 5 });
    while (!(await projectDirectories(ctx, 1000)));
    let looks = 0;
    const db = ctx.db.withPlugin({
      transformQuery({ node }) {
        if (node.kind === 'SelectQueryNode' && node.orderBy !== undefined && JSON.stringify(node.orderBy).includes('activity_rank')) looks += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });

    await changeContact(ctx, first.id, { firstName: 'Bea' });
    while (!(await projectDirectories({ ...ctx, db }, 1000)));

    expect(await isBehind(ctx)).toBe(false);
    expect(looks).toBe(0);
    expect((await insideOf(ctx, 'all#5')).inside).toEqual([first.id]);
  }, 60_000);
});

describe('what it costs', () => {
  test('no read of a phone walks a whole table', async () => {
    const ctx = await testContext();

    const plans = [fullPage, fewChangedPage, manyChangedPage, countChanged, deviceByToken].map((read) => ctx.hot.plan(read as typeof fullPage).join(' | '));

    for (const plan of plans) expect(plan).not.toMatch(/SCAN (directory_entries|devices)/u);
    expect(plans[0]).toContain('PRIMARY KEY');
    expect(plans[1]).toContain('directory_entries_by_seq');
    expect(plans[2]).toContain('PRIMARY KEY');
    expect(plans[3]).toContain('directory_entries_by_seq');
  });

  test('rendering labels seeks each number', async () => {
    const ctx = await testContext();
    const e164s = ['+48600100200', '+48600100201'];

    for (const build of [
      (db: Context['db']) => ownersOfNumbers(db, e164s, { listIds: null }),
      (db: Context['db']) => ownersOfNumbers(db, e164s, { listIds: ['a list'] }),
      (db: Context['db']) => ownersOfNumbers(db, e164s, { listIds: null, directoryId: 1 }),
      (db: Context['db']) => companiesOfNumbers(db, e164s),
    ]) {
      expect(ctx.hot.plan({ build })[0]).toBe('SEARCH phone_numbers USING INDEX phone_numbers_by_e164 (e164=?)');
    }
  });

  test('a change writes only the numbers it touches', async () => {
    const ctx = await testContext();
    const { id: companyId } = await createCompany(ctx, CompanyInput.parse({ name: 'ACME' }));
    for (let index = 0; index < 50; index += 1) {
      await createContact(ctx, ContactInput.parse({ firstName: `P${index}`, phone: `+4860010${2000 + index}`, companyId: index === 7 ? companyId : null }));
    }
    await givenPhone(ctx, { everyone: true, listIds: [], most: null });
    while (!(await projectDirectories(ctx, 1000)));
    const before = await ctx.db.selectFrom('directories').select('newest_seq').executeTakeFirstOrThrow();

    await inTransaction(ctx, (ctx) => changeCompany(ctx, companyId, { name: 'Apex' }));
    while (!(await projectDirectories(ctx, 1000)));

    const written = await ctx.db.selectFrom('directory_entries').select('label').where('seq', '>', before.newest_seq).execute();
    expect(written).toEqual([{ label: 'P7 · Apex' }]);
  });
});
