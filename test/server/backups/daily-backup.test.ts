import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dailyBackupJob, isBackupDue } from '#server/backups/backups.jobs.ts';
import type { Backup } from '#server/backups/backups.contract.ts';
import { createBackups, listBackups } from '#server/backups/backups.service.ts';
import { testClock, testContext } from '../../support/test-context.ts';
import { testServer } from '../../support/test-server.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('the daily backup', () => {
  test('waits until the PC has settled, then comes once a day', () => {
    const noon = new Date(2026, 2, 2, 12);
    const at = (milliseconds: number) => new Date(noon.getTime() + milliseconds);

    expect(isBackupDue({ now: at(5 * minute), startedAt: noon, last: undefined })).toBe(false);
    expect(isBackupDue({ now: at(15 * minute), startedAt: noon, last: undefined })).toBe(true);
    expect(isBackupDue({ now: at(15 * minute), startedAt: noon, last: at(-22 * hour) })).toBe(false);
    expect(isBackupDue({ now: at(15 * minute), startedAt: noon, last: at(-24 * hour) })).toBe(true);
    expect(isBackupDue({ now: at(14 * hour), startedAt: noon, last: at(0) })).toBe(true); // two at night
    expect(isBackupDue({ now: at(14 * hour), startedAt: noon, last: at(10 * hour) })).toBe(false);
  });

  test('after a failure the next try is an hour later, not at once', async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    let tries = 0;
    const job = dailyBackupJob({
      make() {
        tries += 1;
        return Promise.reject(new Error('The disk is full.'));
      },
    });

    await job.run(ctx);
    clock.advance(20 * minute);
    await expect(job.run(ctx)).rejects.toThrow('The disk is full.');
    clock.advance(30 * minute);
    await job.run(ctx);
    expect(tries).toBe(1);
    clock.advance(31 * minute);
    await expect(job.run(ctx)).rejects.toThrow('The disk is full.');
    expect(tries).toBe(2);
  });

  test('the newest fourteen are kept; what was written elsewhere is left alone', { timeout: 120_000 }, async () => {
    const clock = testClock();
    const ctx = await testContext({ clock });
    const backups = createBackups();
    writeFileSync(path.join(ctx.folder.backups, 'mine.txt'), 'not a backup');

    for (let night = 0; night < 16; night += 1) {
      await backups.make(ctx);
      clock.advance(24 * hour);
    }

    const { items } = await listBackups(ctx);
    expect(items).toHaveLength(14);
    expect(items.every((backup) => existsSync(backup.filePath))).toBe(true);
    expect(readdirSync(ctx.folder.backups)).toHaveLength(15);
  });

  test('what a killed backup left behind is cleared away a day later', async () => {
    const ctx = await testContext();
    const old = path.join(ctx.folder.backups, '.snapshot-old.sqlite');
    const fresh = path.join(ctx.folder.backups, '.snapshot-fresh.sqlite');
    for (const file of [old, fresh]) writeFileSync(file, 'x');
    utimesSync(old, new Date(0), new Date(0));

    await createBackups().make(ctx);

    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });
});

describe('backing up from the console', () => {
  test('makes a verified backup and lists it; a second one at the same time is refused', async () => {
    const server = await testServer();

    const [first, second] = await Promise.all([server.asConsole('POST', '/backups'), server.asConsole('POST', '/backups')]);

    const answers = [first, second].toSorted((left, right) => left.statusCode - right.statusCode);
    expect(answers.map((answer) => answer.statusCode)).toEqual([201, 409]);
    const backup = answers[0]?.json<Backup>();
    expect(backup).toMatchObject({ isVerified: true, error: null });
    expect((await server.asConsole('GET', '/backups')).json<{ items: Backup[] }>().items).toEqual([backup]);
  });
});
