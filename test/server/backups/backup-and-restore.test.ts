import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeBackup } from '#server/backups/backups.service.ts';
import { checkDesk } from '#server/backups/check.service.ts';
import { readArchive } from '#server/backups/read-archive.ts';
import { rememberRevocation } from '#server/backups/revocation-ledger.ts';
import { restoreBackup } from '#server/backups/restore.service.ts';
import { finishRestore } from '#server/config/pending-restore.ts';
import { databaseFile } from '#server/database/connect.ts';
import { findDamage } from '#server/database/integrity.ts';
import { givenAttachmentFile, givenBackup, openDeskIn } from '../../support/backup-builders.ts';
import { temporaryFolder } from '../../support/test-context.ts';

async function contactNames(folder: string): Promise<string[]> {
  const desk = await openDeskIn(folder);
  const rows = await desk.ctx.db.selectFrom('counters').select('name').orderBy('name').execute();
  await desk.close();
  return rows.map((row) => row.name);
}

describe('a backup', () => {
  test('brings back rows, files and secrets into an empty folder', async () => {
    const desk = await givenBackup();
    const names = readdirSync(desk.ctx.folder.attachments);
    const target = temporaryFolder();

    const restored = await restoreBackup(target, { file: desk.backup });

    expect(restored).toMatchObject({ attachments: 3, missing: [], keptIn: null });
    const again = await openDeskIn(target);
    expect(await checkDesk(again.ctx, () => undefined)).toEqual(['database', 'key', 'attachments', 'audit-log'].map((part) => ({ part, problems: [] })));
    expect(readdirSync(again.ctx.folder.attachments).toSorted()).toEqual(names.toSorted());
  });

  test('taken while the desk is being written to is of one instant', async () => {
    const desk = await openDeskIn(temporaryFolder());
    const { db } = desk.ctx;
    const filler = Array.from({ length: 2000 }, (_, number) => ({ name: `filler ${number} ${'x'.repeat(500)}`, value: 0 }));
    await db.insertInto('counters').values(filler).execute();
    const over = new AbortController();
    let written = 0;
    const target = path.join(temporaryFolder(), 'busy.tar.gz');

    // Each transaction writes a pair; half a pair in the backup would be half a transaction.
    const writing = (async () => {
      for (; !over.signal.aborted; written += 1) {
        await db.transaction().execute(async (trx) => {
          await trx
            .insertInto('counters')
            .values({ name: `left ${written}`, value: 1 })
            .execute();
          await trx
            .insertInto('counters')
            .values({ name: `right ${written}`, value: 1 })
            .execute();
        });
        await new Promise(setImmediate);
      }
    })();
    await makeBackup(desk.ctx, { target });
    over.abort();
    await writing;

    const copy = temporaryFolder();
    await restoreBackup(copy, { file: target });
    const names = await contactNames(copy);
    const left = names.filter((name) => name.startsWith('left'));
    const right = names.filter((name) => name.startsWith('right'));
    expect(left.length).toBe(right.length);
    expect(written).toBeGreaterThan(left.length);
    expect(await findDamage(databaseFile(copy))).toEqual([]);
  });

  test('is for its owner only, appears under its name only when whole, and overwrites nothing', async () => {
    const desk = await givenBackup();

    expect(statSync(desk.backup).mode & 0o077).toBe(0);
    expect(readdirSync(path.dirname(desk.backup))).toEqual(['desk.tar.gz']);
    await expect(makeBackup(desk.ctx, { target: desk.backup })).rejects.toThrow('there is a file of this name already');
    await expect(makeBackup(desk.ctx, { target: '/proc/nowhere/desk.tar.gz' })).rejects.toMatchObject({ code: 'unusable-backup-file' });
    expect(readdirSync(desk.ctx.folder.backups)).toEqual([]);
    const rows = await desk.ctx.db.selectFrom('backups').select('is_verified').execute();
    expect(rows).toEqual([{ is_verified: 1 }]);
  });

  test('a disk that refuses while it is written ends it in one sentence, and leaves nothing behind', async () => {
    const desk = await givenBackup();
    const nowhere = temporaryFolder();
    const whileWriting = makeBackup(desk.ctx, {
      target: path.join(nowhere, 'desk.tar.gz'),
      onProgress: ({ label }) => {
        if (label.startsWith('Copying')) rmSync(nowhere, { recursive: true, force: true });
      },
    });

    await expect(whileWriting).rejects.toMatchObject({ code: 'unusable-backup-file' });
    await expect(makeBackup(desk.ctx, { target: path.join(temporaryFolder(), 'x'.repeat(253)) })).rejects.toMatchObject({ code: 'unusable-backup-file' });
    expect(readdirSync(desk.ctx.folder.backups)).toEqual([]);
  });

  test('says how far it is, in every part up to the whole', async () => {
    const desk = await givenBackup();
    const steps: { label: string; done: number; total: number }[] = [];

    await makeBackup(desk.ctx, { target: path.join(temporaryFolder(), 'x.tar.gz'), onProgress: (step) => steps.push(step) });

    const labels = [...new Set(steps.map(({ label }) => label))];
    expect(labels).toHaveLength(3);
    for (const label of labels) {
      const last = steps.findLast((step) => step.label === label);
      expect(last?.done).toBe(last?.total);
    }
  });

  test('names the attachments that were gone already, and still restores', async () => {
    const desk = await givenBackup();
    const lost = await givenAttachmentFile(desk.ctx);
    rmSync(lost.file);
    const target = path.join(temporaryFolder(), 'with-a-gap.tar.gz');

    const backup = await makeBackup(desk.ctx, { target });
    const restored = await restoreBackup(temporaryFolder(), { file: target });

    expect(backup).toMatchObject({ isVerified: true, error: 'The file of one attachment is gone, so the backup has it not.' });
    expect(restored.missing).toEqual([`attachments/${path.basename(lost.file)}`]);
  });

  test('a file that is removed while it is made is named, and spoils nothing', async () => {
    const desk = await givenBackup();
    const removed = await givenAttachmentFile(desk.ctx);
    const target = path.join(temporaryFolder(), 'busy.tar.gz');

    const backup = await makeBackup(desk.ctx, {
      target,
      onProgress: ({ label }) => {
        if (label.startsWith('Writing')) rmSync(removed.file, { force: true });
      },
    });
    const restored = await restoreBackup(temporaryFolder(), { file: target });

    expect(backup).toMatchObject({ isVerified: true, error: 'The file of one attachment is gone, so the backup has it not.' });
    expect(restored).toMatchObject({ attachments: 3, missing: [`attachments/${path.basename(removed.file)}`] });
  });
});

describe('restoring over a desk', () => {
  test('keeps the old data beside the new, with its write-ahead log', async () => {
    const old = await givenBackup();
    const newer = await openDeskIn(temporaryFolder());
    await newer.ctx.db.insertInto('counters').values({ name: 'only in the newer one', value: 1 }).execute();
    // The process that had it was killed, so its log is still beside it.
    const wal = readFileSync(`${databaseFile(newer.folder)}-wal`);
    await newer.close();
    writeFileSync(`${databaseFile(newer.folder)}-wal`, wal);

    const restored = await restoreBackup(newer.folder, { file: old.backup });

    expect(existsSync(`${databaseFile(newer.folder)}-wal`)).toBe(false);
    expect(readdirSync(restored.keptIn ?? '').toSorted()).toEqual(['attachments', 'doorline.sqlite', 'doorline.sqlite-wal', 'imports', 'secret.key']);
    expect(await contactNames(newer.folder)).not.toContain('only in the newer one');
  });

  test('a power cut between any two of its moves is carried through at the next start', async () => {
    const parts = ['doorline.sqlite', 'secret.key', 'attachments', 'imports'];
    // How many of the eight moves (old away, new in) were done when the power went.
    for (let done = 0; done <= 8; done += 1) {
      const root = temporaryFolder();
      for (const [place, mark] of [
        ['', 'old'],
        ['staged', 'new'],
      ] as const) {
        for (const part of ['attachments', 'imports']) mkdirSync(path.join(root, place, part), { recursive: true });
        writeFileSync(path.join(root, place, 'doorline.sqlite'), mark);
        writeFileSync(path.join(root, place, 'secret.key'), mark);
        for (const part of ['attachments', 'imports']) writeFileSync(path.join(root, place, part, mark), mark);
      }
      mkdirSync(path.join(root, 'kept'));
      writeFileSync(path.join(root, 'restore-pending.json'), JSON.stringify({ staged: 'staged', kept: 'kept' }));
      const moves = [...parts.map((part) => [part, `kept/${part}`] as const), ...parts.map((part) => [`staged/${part}`, part] as const)];
      for (const [from, to] of moves.slice(0, done)) renameSync(path.join(root, from), path.join(root, to));

      finishRestore(root);
      finishRestore(root);

      expect([done, readdirSync(root).toSorted()]).toEqual([done, ['attachments', 'doorline.sqlite', 'imports', 'kept', 'secret.key']]);
      expect(readFileSync(path.join(root, 'doorline.sqlite'), 'utf8')).toBe('new');
      expect(readFileSync(path.join(root, 'kept', 'secret.key'), 'utf8')).toBe('old');
      for (const part of ['attachments', 'imports']) {
        expect(readdirSync(path.join(root, part))).toEqual(['new']);
        expect(readdirSync(path.join(root, 'kept', part))).toEqual(['old']);
      }
    }
  });

  test('what was revoked since stays remembered', async () => {
    const old = await givenBackup();
    const newer = await openDeskIn(temporaryFolder());
    await rememberRevocation(newer.ctx, 'device-1');
    await newer.close();

    await restoreBackup(newer.folder, { file: old.backup });

    expect(readFileSync(path.join(newer.folder, 'revoked-devices.jsonl'), 'utf8')).toContain('device-1');
  });
});

describe('the check', () => {
  test('finds a changed file, a missing file, and a tampered audit entry', async () => {
    const desk = await givenBackup();
    const changed = await givenAttachmentFile(desk.ctx);
    const missing = await givenAttachmentFile(desk.ctx);
    writeFileSync(changed.file, randomBytes(5000));
    rmSync(missing.file);
    await desk.ctx.db.updateTable('audit_log').set({ actor_name: 'Nobody' }).where('seq', '=', 1).execute();

    const findings = await checkDesk(desk.ctx, () => undefined);

    const problems = Object.fromEntries(findings.map(({ part, problems: found }) => [part, found.join(' ')]));
    expect(problems['database']).toBe('');
    expect(problems['attachments']).toContain(`${changed.id} (attachments/${path.basename(changed.file)}) was changed`);
    expect(problems['attachments']).toContain(`${missing.id} (attachments/${path.basename(missing.file)}) is missing`);
    expect(problems['audit-log']).toContain('Entry 1');
  });

  test('changes not a byte of what it looks at', async () => {
    const desk = await givenBackup();
    const hash = () =>
      createHash('sha256')
        .update(readFileSync(databaseFile(desk.folder)))
        .digest('hex');
    const before = hash();

    await checkDesk(desk.ctx, () => undefined);
    await readArchive(desk.backup);

    expect(hash()).toBe(before);
  });
});
