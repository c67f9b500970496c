import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { programFolder } from '#server/config/program-folder.ts';
import { getImport, listImports, startRun } from '#server/imports/imports.service.ts';
import { markInterrupted, workOnImports } from '#server/imports/work-imports.service.ts';
import { writeHubspotExport } from '#test/support/hubspot-export.ts';
import { temporaryFolder, testContext } from '#test/support/test-context.ts';

const rows = 3000;

/** Imports in a process of its own and kills it, as a power cut would, once it has done some rows. */
async function importsUntilKilled(file: string, data: string): Promise<number> {
  const cli = path.join(programFolder(), 'src-server', 'cli.ts');
  const child = spawn(process.execPath, [cli, 'import', file, '--json', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  let rowsDone = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { event: string; done?: number };
    rowsDone = event.done ?? rowsDone;
    if (event.event !== 'progress' || rowsDone >= 1000) break;
  }
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return rowsDone;
}

test('an import that a power cut ends is marked, goes on after the last row it finished, and makes nobody twice', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const [file, data] = [path.join(folder, 'contacts.csv'), path.join(folder, 'data')];
  writeHubspotExport(file, { rows });
  const reported = await importsUntilKilled(file, data);
  const ctx = await testContext({ folder: data });
  const contacts = async () => (await ctx.db.selectFrom('contacts').select('id').execute()).length;
  const batchNow = async () => (await listImports(ctx, { limit: 1 })).items[0];

  const cut = await batchNow();
  expect(cut).toMatchObject({ state: 'running' });
  expect(cut?.progress.rowsDone).toBeGreaterThanOrEqual(reported);
  expect(cut?.progress.rowsDone).toBeLessThan(rows);
  expect(await contacts()).toBe(cut?.progress.created);

  const later = { ...ctx, now: () => new Date(Date.now() + 120_000) };
  await markInterrupted(later);
  const marked = await batchNow();
  expect(marked).toMatchObject({ state: 'failed', problem: expect.stringContaining('Run it again to go on') });

  if (marked?.options === null || marked?.options === undefined) throw new Error('The choices of the import are lost.');
  await startRun(ctx, marked.id, marked.options);
  await workOnImports(ctx);
  const done = await getImport(ctx, marked.id);
  expect(done).toMatchObject({ state: 'done', progress: { rowsDone: rows, failed: 0 } });
  expect(await contacts()).toBe(done.progress.created);
  const ids = await ctx.db.selectFrom('external_ids').select('external_id').where('object', '=', 'contact').execute();
  expect(new Set(ids.map((row) => row.external_id)).size).toBe(await contacts());
});
