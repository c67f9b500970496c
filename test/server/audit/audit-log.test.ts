import { expect, test } from 'vitest';
import { firstBrokenEntry, listAuditLog, recordAct } from '#server/audit/audit.service.ts';
import { testContext } from '#test/support/test-context.ts';

test('the log lists the newest act first, with who did it', async () => {
  const ctx = await testContext();
  await recordAct(ctx, { action: 'portal.opened' });
  await recordAct(ctx, { action: 'device.revoked', target: { kind: 'device', id: 'd1', name: 'Anna’s iPhone' } });

  const page = await listAuditLog(ctx, { limit: 50 });

  expect(page.items.map((entry) => entry.action)).toEqual(['device.revoked', 'portal.opened']);
  expect(page.items[0]).toMatchObject({ actor: { name: 'Doorline' }, target: { name: 'Anna’s iPhone' } });
});

test('an entry that somebody changes afterwards is found', async () => {
  const ctx = await testContext();
  for (const action of ['a', 'b', 'c']) await recordAct(ctx, { action });
  expect(await firstBrokenEntry(ctx)).toBeNull();

  await ctx.db.updateTable('audit_log').set({ actor_name: 'Somebody else' }).where('action', '=', 'b').execute();

  expect(await firstBrokenEntry(ctx)).toBe(2);
});
