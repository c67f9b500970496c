import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { AuditPage } from '#server/audit/audit.contract.ts';
import { firstBrokenEntry, listAuditLog, recordAct } from '#server/audit/audit.service.ts';
import { databaseFile } from '#server/database/connect.ts';
import { listenToQuestions } from '#test/support/asked-questions.ts';
import { pairsPhone } from '#test/support/device-builders.ts';
import { temporaryFolder, testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

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

test('the acts on one thing are read page by page along an index, also those of one kind', async () => {
  const folder = temporaryFolder();
  const server = await testServer({ folder });
  const [phone, other] = [await pairsPhone(server, { deviceName: 'Anna’s iPhone' }), await pairsPhone(server, { deviceName: 'Tom’s phone' })];
  await server.asConsole('PATCH', `/devices/${phone.id}`, { name: 'Anna’s old iPhone' });
  await server.asConsole('POST', `/devices/${other.id}/revoke`);
  await server.asConsole('POST', `/devices/${phone.id}/revoke`);
  const read = async (query: string) => (await server.asConsole('GET', `/audit?${query}`)).json<z.infer<typeof AuditPage>>();
  const questions = listenToQuestions();

  const first = await read(`target=device:${phone.id}&limit=2`);
  const rest = await read(`target=device:${phone.id}&limit=2&cursor=${first.nextCursor}`);
  const revoked = await read(`target=device:${phone.id}&action=device.revoked`);

  expect(first.items.map((entry) => entry.action)).toEqual(['device.revoked', 'device.changed']);
  expect(rest.items.map((entry) => entry.action)).toEqual(['device.paired']);
  expect(rest.nextCursor).toBeNull();
  expect(revoked.items.map((entry) => entry.target?.id)).toEqual([phone.id]);
  const reads = questions.explained(databaseFile(folder)).filter(({ sql }) => /from "audit_log" .*"target_id"/u.test(sql));
  expect(reads).toHaveLength(3);
  for (const { plan } of reads) expect(plan).toEqual([expect.stringMatching(/^SEARCH audit_log USING INDEX audit_log_by_(?:target|action) \(/u)]);
});

test('what is asked about must be a thing by its kind and its id', async () => {
  const server = await testServer();

  expect((await server.asConsole('GET', '/audit?target=anna')).statusCode).toBe(400);
});
