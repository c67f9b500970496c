// S7: an import against the least work it could be: libphonenumber for every number, and the same rows put in by bare
// prepared statements.
// Both run in one process, turn by turn, and are compared by the processor time they took, so that a busy machine does
// not decide. `node bench/import.ts [rows] [rounds]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parse as parseCsv } from 'csv-parse/sync';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { openDataFolder } from '#server/config/open-data-folder.ts';
import { databaseFile, type Database } from '#server/database/connect.ts';
import { openDatabase } from '#server/database/open-database.ts';
import { createImport, getImport, startRun } from '#server/imports/imports.service.ts';
import { workOnImports } from '#server/imports/work-imports.service.ts';
import { systemActor, type Context } from '#server/kernel/context.ts';
import { createLog } from '#server/kernel/log.ts';
import { hubspotExport } from '#test/support/hubspot-export.ts';

const rows = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 3);
const file = hubspotExport({ rows });

interface Measured {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

async function measured(work: (ctx: Context, database: Database) => Promise<void>): Promise<Measured> {
  const root = mkdtempSync(path.join(tmpdir(), 'doorline-bench-'));
  const folder = openDataFolder(root);
  const database = await openDatabase(databaseFile(folder.root));
  const ctx: Context = { db: database.db, hot: database.hot, actor: systemActor, now: () => new Date(), log: createLog({ level: 'error' }), folder };
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const before = process.cpuUsage();
  await work(ctx, database);
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  await database.close();
  rmSync(root, { recursive: true });
  return { seconds: (user + system) / 1e6, peakMegabytes: Math.round(peak / 1e6) };
}

async function doorline(ctx: Context): Promise<void> {
  const batch = await createImport(ctx, { stream: Readable.from([file]), fileName: 'contacts.csv' });
  const mapping = Object.fromEntries(batch.analysis.columns.map((column) => [column.header, column.target]));
  await startRun(ctx, batch.id, { object: 'contacts', mapping, defaultCountry: 'PL', onExisting: 'take-theirs' });
  await workOnImports(ctx);
  const { state, problem } = await getImport(ctx, batch.id);
  if (state !== 'done') throw new Error(`The import ended as ${state}: ${problem ?? ''}`);
}

/** The same rows by bare prepared statements: nothing is looked up, compared, merged, checked or reported. */
async function floor(_ctx: Context, { connection }: Database): Promise<void> {
  const records: string[][] = parseCsv(file, { bom: true, from_line: 2 });
  const contact = connection.prepare(
    `insert or ignore into contacts (id, first_name, last_name, email, job_title, created_at, updated_at, last_activity_at, activity_rank) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const number = connection.prepare(
    `insert or ignore into phone_numbers (owner_kind, owner_id, field, position, raw, kind, e164, country, metadata_version) values ('contact', ?, ?, 0, ?, ?, ?, 'PL', '')`,
  );
  const search = connection.prepare(`insert into contact_search (rowid, text) values (?, ?)`);
  const property = connection.prepare(`insert into property_values (property_id, record_id, value) values (?, ?, ?)`);
  const external = connection.prepare(`insert or ignore into external_ids (source, object, external_id, record_id) values ('hubspot', 'contact', ?, ?)`);
  const imported = connection.prepare(
    `insert into import_rows (batch_id, row_number, record_kind, record_id, action) values ('batch', ?, 'contact', ?, 'created')`,
  );
  const change = connection.prepare(`insert into change_log (entity, entity_id, op, at) values ('contact', ?, 'put', '')`);
  for (const id of ['owner', 'stage', 'flat']) {
    connection.prepare(`insert into properties (id, object, name, label, type, created_at) values (?, 'contact', ?, ?, 'text', '')`).run(id, id, id);
  }
  connection.exec(
    `insert into import_batches (id, object, source, file_name, file_path, state, analysis, progress, created_by, created_at) values ('batch', '', '', '', '', '', '', '', '', '')`,
  );
  const key = connection.prepare(`insert or ignore into number_keys (key, number_id, owner_kind, owner_id) values (?, ?, 'contact', ?)`);
  for (let start = 0; start < records.length; start += 500) {
    connection.exec('begin');
    for (const [index, record] of records.slice(start, start + 500).entries()) {
      const id = `contact-${start + index}`;
      const words = [record[1], record[2], record[6], record[3]?.replace(/\W+/gu, ' ')];
      contact.run(id, record[1], record[2], record[3] === '' ? null : record[3], record[7], record[9], record[9], record[9], start + index);
      for (const [field, raw] of [
        ['phone', record[4] ?? ''],
        ['mobile', record[5] ?? ''],
      ]) {
        if (raw === '') continue;
        const parsed = parsePhoneNumberFromString(raw ?? '', 'PL');
        const e164 = parsed?.isValid() === true ? parsed.number : null;
        const { lastInsertRowid } = number.run(id, field, raw, e164 === null ? 'unreadable' : 'e164', e164);
        if (e164 === null) continue;
        words.push(e164.slice(1), parsed?.nationalNumber ?? '');
        key.run(`e:${e164.slice(1)}`, lastInsertRowid, id);
        key.run(`n:${parsed?.nationalNumber ?? ''}`, lastInsertRowid, id);
      }
      search.run(start + index, words.join(' '));
      for (const [propertyId, value] of [
        ['owner', record[8]],
        ['stage', record[12]],
        ['flat', record[14]],
      ]) {
        if (value !== '') property.run(propertyId, id, value);
      }
      external.run(record[0], id);
      imported.run(start + index, id);
      change.run(id);
    }
    connection.exec('commit');
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

const least: Measured[] = [];
const ours: Measured[] = [];
for (let round = 0; round < rounds; round += 1) {
  least.push(await measured(floor));
  ours.push(await measured(doorline));
}
const floorSeconds = median(least.map((run) => run.seconds));
const ourSeconds = median(ours.map((run) => run.seconds));
console.log(
  JSON.stringify({
    goal: 'S7',
    rows,
    floorSeconds: Number(floorSeconds.toFixed(2)),
    importSeconds: Number(ourSeconds.toFixed(2)),
    ratio: Number((floorSeconds / ourSeconds).toFixed(2)),
    wanted: 0.4,
    peakMegabytes: Math.max(...ours.map((run) => run.peakMegabytes)),
  }),
);
