import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeBackup } from '#server/backups/backups.service.ts';
import { restoreBackup } from '#server/backups/restore.service.ts';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import { workOnImports } from '#server/imports/work-imports.service.ts';
import { givenBackup, readEntries, withManifest, writeEntries } from '../../support/backup-builders.ts';
import { csv, dryRuns, errorFileOf, givenUploadedFile, imports, optionsFor } from '../../support/import-builders.ts';
import { temporaryFolder, testContext } from '../../support/test-context.ts';
import { testServer, type TestServer } from '../../support/test-server.ts';

const header = ['First Name', 'Email', 'Phone Number'];
const anna = csv(header, ['Anna', 'anna@example.com', '600100200'], ['', '', '']);
const ben = csv(header, ['Ben', 'ben@example.com', '600100300']);

async function batchNow(server: TestServer, id: string): Promise<ImportBatch> {
  return (await server.asConsole('GET', `/imports/${id}`)).json();
}

async function firstNames(server: TestServer): Promise<string[]> {
  const { items } = (await server.asConsole('GET', '/contacts')).json<{ items: { firstName: string }[] }>();
  return items.map(({ firstName }) => firstName).toSorted();
}

describe('after a restore', () => {
  test('an import can be undone and run again, its refused rows fetched, and one that was only checked goes on', async () => {
    const ctx = await testContext();
    const done = await imports(ctx, anna);
    const checked = await dryRuns(ctx, ben);
    const refused = await errorFileOf(ctx, done.id);
    const backup = path.join(temporaryFolder(), 'desk.tar.gz');
    await makeBackup(ctx, { target: backup });
    const folder = temporaryFolder();

    expect(await restoreBackup(folder, { file: backup })).toMatchObject({ attachments: 0, missing: [] });

    const server = await testServer({ folder });
    expect((await server.asConsole('GET', `/imports/${done.id}/errors.csv`)).body).toBe(refused);
    await server.asConsole('POST', `/imports/${checked.id}/run`, optionsFor(checked));
    await workOnImports(server.ctx);
    expect(await batchNow(server, checked.id)).toMatchObject({ state: 'done', problem: null, progress: { created: 1 } });
    expect(await firstNames(server)).toEqual(['Anna', 'Ben']);

    await server.asConsole('POST', `/imports/${done.id}/undo`);
    await workOnImports(server.ctx);
    expect(await firstNames(server)).toEqual(['Ben']);
    await server.asConsole('POST', `/imports/${done.id}/run`, optionsFor(done));
    await workOnImports(server.ctx);
    expect(await batchNow(server, done.id)).toMatchObject({ state: 'done', problem: null });
    expect(await firstNames(server)).toEqual(['Anna', 'Ben']);
  });

  test('the files of imports that were there before lie with the rest of the old data', async () => {
    const old = await givenBackup();
    const newer = await testContext();
    const batch = await givenUploadedFile(newer, anna);
    await newer.db.destroy();

    const { keptIn } = await restoreBackup(newer.folder.root, { file: old.backup });

    expect(readdirSync(newer.folder.imports)).toEqual([]);
    expect(readdirSync(path.join(keptIn ?? '', 'imports'))).toEqual([`${batch.id}.csv`]);
  });
});

describe('a backup', () => {
  test('leaves out files no import knows, and does not complain of those that were forgotten', async () => {
    const ctx = await testContext();
    await givenUploadedFile(ctx, anna);
    const forgotten = await givenUploadedFile(ctx, ben);
    rmSync(path.join(ctx.folder.imports, `${forgotten.id}.csv`));
    writeFileSync(path.join(ctx.folder.imports, 'stranger.csv'), 'x');
    const target = path.join(temporaryFolder(), 'desk.tar.gz');

    expect(await makeBackup(ctx, { target })).toMatchObject({ isVerified: true, error: null });

    const names = (await readEntries(target)).map(({ name }) => name).filter((name) => name.startsWith('imports/'));
    expect(names).toHaveLength(1);
    expect(names).not.toContain('imports/stranger.csv');
  });

  test('of the first format, without the files of imports, still restores', async () => {
    const { backup } = await givenBackup();
    const old = path.join(temporaryFolder(), 'old.tar.gz');
    await writeEntries(
      old,
      withManifest(await readEntries(backup), (list) => ({ ...list, format: 1 })),
    );

    await expect(restoreBackup(temporaryFolder(), { file: old })).resolves.toMatchObject({ attachments: 3 });
  });
});
