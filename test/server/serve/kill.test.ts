import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstBrokenEntry } from '#server/audit/audit.service.ts';
import { databaseFile } from '#server/database/connect.ts';
import { findDamage } from '#server/database/integrity.ts';
import { openCurrentDatabase } from '#server/database/open-database.ts';
import { openDataFolder } from '#server/config/open-data-folder.ts';
import { systemActor, type Context } from '#server/kernel/context.ts';
import { createLog } from '#server/kernel/log.ts';
import { mixedWriter, type Acknowledged } from '../../support/mixed-writes.ts';
import { startDesk } from '../../support/running-desk.ts';
import { temporaryFolder } from '../../support/test-context.ts';

const kills = 100;
/** Folders killed side by side, so that both cores have work. */
const desks = 2;
const writers = 4;

/** Reads the folder's data, beside a running server or without one, and leaves nothing open. */
async function reading<Result>(folder: string, look: (ctx: Context) => Promise<Result>): Promise<Result> {
  const database = openCurrentDatabase(databaseFile(folder));
  try {
    return await look({
      db: database.db,
      hot: database.hot,
      actor: systemActor,
      now: () => new Date(),
      log: createLog({ level: 'silent' }),
      folder: openDataFolder(folder),
    });
  } finally {
    await database.close();
  }
}

async function expectAllThere(folder: string, writes: readonly Acknowledged[]): Promise<void> {
  expect(await reading(folder, (ctx) => lossesOf(ctx, writes))).toEqual([]);
  expect(await findDamage(databaseFile(folder))).toEqual([]);
}

/**
 * One life: starts without a hand, still has what the last one acknowledged, takes writes on several connections and is
 * killed in the middle of them.
 */
async function liveAndDie(folder: string, before: readonly Acknowledged[]): Promise<Acknowledged[]> {
  const desk = await startDesk(folder);
  await expectAllThere(folder, before);

  const acknowledged: Acknowledged[] = [];
  const enough = Promise.withResolvers<undefined>();
  const wanted = 1 + Math.floor(Math.random() * 24);
  const over = new AbortController();
  const writing = Array.from({ length: writers }, async () => {
    const writer = mixedWriter(desk, (write) => {
      acknowledged.push(write);
      if (acknowledged.length >= wanted) enough.resolve(undefined);
    });
    // A write whose answer the kill cuts off counts for nothing: it may be there or not.
    while (!over.signal.aborted) await writer.step().catch(() => undefined);
  });
  await enough.promise;
  await pause(Math.random() * 15);
  const ended = desk.end('SIGKILL');
  over.abort();
  await ended;
  await Promise.all(writing);
  return acknowledged;
}

/** What is not as it was acknowledged. */
async function lossesOf(ctx: Context, writes: readonly Acknowledged[]): Promise<string[]> {
  const lost: string[] = [];
  for (const write of writes) if (!(await isThere(ctx, write))) lost.push(JSON.stringify(write));
  return lost;
}

async function isThere(ctx: Context, write: Acknowledged): Promise<boolean> {
  switch (write.kind) {
    case 'contact':
      return (await ctx.db.selectFrom('contacts').select('id').where('id', '=', write.id).where('email', '=', write.email).executeTakeFirst()) !== undefined;
    case 'ticket': {
      const ticket = await ctx.db.selectFrom('tickets').select('number').where('id', '=', write.id).executeTakeFirst();
      const message = await ctx.db.selectFrom('messages').select('body_text').where('ticket_id', '=', write.id).orderBy('id').executeTakeFirst();
      return ticket?.number === write.number && message?.body_text === write.text;
    }
    case 'message':
      return (await ctx.db.selectFrom('messages').select('body_text').where('id', '=', write.id).executeTakeFirst())?.body_text === write.text;
    case 'note':
      return (await ctx.db.selectFrom('internal_notes').select('body_text').where('id', '=', write.id).executeTakeFirst())?.body_text === write.text;
    case 'file': {
      const row = await ctx.db.selectFrom('attachments').select(['storage_name', 'sha256']).where('id', '=', write.id).executeTakeFirst();
      if (row === undefined || row.sha256 !== write.sha256) return false;
      const content = readFileSync(path.join(ctx.folder.attachments, row.storage_name));
      return createHash('sha256').update(content).digest('hex') === write.sha256;
    }
    case 'company-name': {
      // The newest one stands; earlier ones are in the audit log.
      const act = await ctx.db
        .selectFrom('audit_log')
        .select('seq')
        .where('action', '=', 'company.changed')
        .where('detail', 'like', `%${write.name}%`)
        .executeTakeFirst();
      return act !== undefined;
    }
    default:
      throw new Error('Nobody checks this kind of write.');
  }
}

describe('kill -9 in the middle of writing', () => {
  test(`after each of ${kills} kills the database is sound and everything acknowledged is there`, { timeout: 600_000 }, async () => {
    const counts = await Promise.all(
      Array.from({ length: desks }, async () => {
        const folder = temporaryFolder();
        let total = 0;
        let writes: Acknowledged[] = [];
        for (let life = 0; life < kills / desks; life += 1) {
          writes = await liveAndDie(folder, writes);
          total += writes.length;
        }
        // After the last kill nothing has opened the folder yet.
        await expectAllThere(folder, writes);
        expect(await reading(folder, firstBrokenEntry)).toBeNull();
        expect(await reading(folder, numbersGivenTwice)).toEqual([]);
        return total;
      }),
    );

    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(kills * 5);
  });
});

function numbersGivenTwice(ctx: Context) {
  return ctx.db
    .selectFrom('tickets')
    .select('number')
    .groupBy('number')
    .having((ticket) => ticket.fn.countAll(), '>', 1)
    .execute();
}
