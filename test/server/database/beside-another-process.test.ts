import { expect, test } from 'vitest';
import { databaseFile } from '#server/database/connect.ts';
import { openConnection } from '#server/database/sqlite-connection.ts';
import { inTransaction } from '#server/kernel/context.ts';
import { newId } from '#server/kernel/ids.ts';
import { testContext } from '#test/support/test-context.ts';

test('a transaction that reads before it writes is never refused because another process wrote in between', async () => {
  const ctx = await testContext();
  const other = openConnection(databaseFile(ctx.folder.root));
  other.pragma('busy_timeout = 0');
  const agent = (id: string) => ({ id, name: 'Ada', role: 'agent', created_at: ctx.now().toISOString(), updated_at: ctx.now().toISOString() });
  const writesElsewhere = () => other.prepare('update settings set value = value').run();

  const id = newId();
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.selectFrom('agents').select('id').execute();
    expect(writesElsewhere).toThrow('database is locked');
    await ctx.db.insertInto('agents').values(agent(id)).execute();
  });
  expect(writesElsewhere).not.toThrow();
  other.close();
  expect(await ctx.db.selectFrom('agents').select('name').where('id', '=', id).execute()).toEqual([{ name: 'Ada' }]);
});
