import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { databaseFile } from '#server/database/connect.ts';
import { openDatabase } from '#server/database/open-database.ts';
import { openDataFolder } from '#server/config/open-data-folder.ts';
import { systemActor, type Context } from '#server/kernel/context.ts';
import { createLog } from '#server/kernel/log.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'doorline-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A clock the test moves by hand. */
export interface TestClock {
  now(): Date;
  advance(milliseconds: number): void;
}

export function testClock(start = '2026-03-02T09:00:00.000Z'): TestClock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** A context on a fresh, migrated SQLite database of its own. Acts as the system until `actingAs` says otherwise. */
export async function testContext(options: { readonly clock?: TestClock; readonly folder?: string } = {}): Promise<Context> {
  const folder = openDataFolder(options.folder ?? temporaryFolder());
  const database = await openDatabase(databaseFile(folder.root));
  onTestFinished(() => database.close());
  const now = () => options.clock?.now() ?? new Date();
  return { db: database.db, hot: database.hot, actor: systemActor, now, log: createLog({ level: 'silent' }), folder };
}
