import { describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { getContact, listContacts } from '#server/people/contacts.service.ts';
import { changeList, changeListMembers, createList, getList, listLists, removeList } from '#server/people/lists.service.ts';
import { ContactQuery } from '#server/people/people.contract.ts';
import { givenContact } from '#test/support/people-builders.ts';
import { testContext } from '#test/support/test-context.ts';

const everybody = { groups: [[{ field: 'firstName', operator: 'is-not' as const, value: '-' }]] };

describe('a static list', () => {
  test('holds who was picked, counts them, and stands on their page', async () => {
    const ctx = await testContext();
    const anna = await givenContact(ctx, { firstName: 'Anna' });
    const ben = await givenContact(ctx, { firstName: 'Ben' });

    const list = await createList(ctx, { kind: 'static', name: 'Tenants', contactIds: [anna.id, anna.id] });
    expect(list).toMatchObject({ memberCount: 1, kind: 'static', filter: null });
    const changed = await changeListMembers(ctx, list.id, { add: [anna.id, ben.id], remove: [] });

    expect(changed.memberCount).toBe(2);
    expect((await getContact(ctx, ben.id)).lists).toEqual([{ id: list.id, name: 'Tenants' }]);
    expect(await changeListMembers(ctx, list.id, { add: [], remove: [anna.id, newId()] })).toMatchObject({ memberCount: 1 });
    expect((await listContacts(ctx, ContactQuery.parse({ listId: list.id }))).items.map((item) => item.id)).toEqual([ben.id]);
  });

  test('refuses contacts that are not there and is then as it was', async () => {
    const ctx = await testContext();
    const anna = await givenContact(ctx);
    const list = await createList(ctx, { kind: 'static', name: 'Tenants', contactIds: [] });

    await expect(changeListMembers(ctx, list.id, { add: [anna.id, newId()], remove: [] })).rejects.toMatchObject({ fields: [{ path: 'add' }] });

    expect(await getList(ctx, list.id)).toMatchObject({ memberCount: 0 });
    await expect(createList(ctx, { kind: 'static', name: 'Other', contactIds: [newId()] })).rejects.toMatchObject({ fields: [{ path: 'contactIds' }] });
    expect((await listLists(ctx)).items).toHaveLength(1);
  });

  test('has no filter, and an active one takes no picked members', async () => {
    const ctx = await testContext();
    const picked = await createList(ctx, { kind: 'static', name: 'Picked', contactIds: [] });
    const active = await createList(ctx, { kind: 'active', name: 'Active', filter: everybody });

    await expect(changeList(ctx, picked.id, { filter: everybody })).rejects.toMatchObject({ fields: [{ path: 'filter' }] });
    await expect(changeListMembers(ctx, active.id, { add: [], remove: [] })).rejects.toMatchObject({ code: 'list-keeps-itself' });
  });
});

test('two lists can’t have one name', async () => {
  const ctx = await testContext();
  const first = await createList(ctx, { kind: 'static', name: 'Tenants', contactIds: [] });
  const second = await createList(ctx, { kind: 'static', name: 'Owners', contactIds: [] });

  await expect(createList(ctx, { kind: 'static', name: 'Tenants', contactIds: [] })).rejects.toMatchObject({ fields: [{ path: 'name' }] });
  await expect(changeList(ctx, second.id, { name: 'Tenants' })).rejects.toMatchObject({ fields: [{ path: 'name' }] });
  await expect(changeList(ctx, first.id, { name: 'Tenants' })).resolves.toMatchObject({ name: 'Tenants' });
});

test('a removed list is gone, its contacts stay, and the audit log has it', async () => {
  const ctx = await testContext();
  const anna = await givenContact(ctx);
  const list = await createList(ctx, { kind: 'static', name: 'Tenants', contactIds: [anna.id] });

  await removeList(ctx, list.id);

  expect((await listLists(ctx)).items).toEqual([]);
  await expect(getList(ctx, list.id)).rejects.toMatchObject({ kind: 'not-found' });
  expect((await getContact(ctx, anna.id)).lists).toEqual([]);
  expect((await listContacts(ctx, ContactQuery.parse({ listId: list.id }))).items).toEqual([]);
  const acts = await ctx.db.selectFrom('audit_log').select(['action', 'target_name']).orderBy('seq').execute();
  expect(acts.at(-1)).toEqual({ action: 'list.removed', target_name: 'Tenants' });
});
