import { createReadStream, createWriteStream, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { dataFolderOf, readFlags, WrongUsage } from '../config/flags.ts';
import { ImportMapping, ImportObject, ImportOptions, type ImportBatch, type ImportProgress } from '../imports/imports.contract.ts';
import { createImport, errorFile, getImport, removeImport, startDryRun, startRun } from '../imports/imports.service.ts';
import { workOn } from '../imports/work-imports.service.ts';
import type { Context } from '../kernel/context.ts';
import { CountryCode } from '../kernel/primitives.contract.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { DeskInUse, openDesk, type Desk } from './open-desk.ts';
import type { Output } from './output.ts';

interface ImportFlags {
  readonly file: string;
  readonly object: ImportObject | undefined;
  readonly map: ImportMapping;
  readonly isDryRun: boolean;
  readonly country: string | undefined;
  readonly onExisting: ImportOptions['onExisting'];
  readonly dataFolder: string;
}

/** A flag's value, or the sentence that says which values it takes. */
function readFlag<Schema extends z.ZodType>(
  flag: string,
  schema: Schema,
  { value, hint }: { readonly value: string | undefined; readonly hint: string },
): z.output<Schema> | undefined {
  if (value === undefined) return undefined;
  const read = schema.safeParse(value);
  if (!read.success) throw new WrongUsage(`“${value}” does not fit ${flag}: ${hint}`);
  return read.data;
}

function readMap(file: string | undefined): ImportMapping {
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongUsage(`The file of --map can’t be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const hint = 'It must be one JSON object of column names and fields, such as {"Tel.": "phone", "Notes": null}.';
  try {
    const read = ImportMapping.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // Said below: what is wrong with the JSON matters less than how it must look.
  }
  throw new WrongUsage(`“${file}” is no mapping. ${hint}`);
}

function readImportFlags(args: readonly string[]): ImportFlags {
  const { values, positionals } = readFlags(
    args,
    {
      object: { type: 'string' },
      map: { type: 'string' },
      'dry-run': { type: 'boolean' },
      country: { type: 'string' },
      'on-existing': { type: 'string' },
      data: { type: 'string' },
    },
    { names: ['FILE'] },
  );
  const [file = ''] = positionals;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new WrongUsage(`There is no file “${file}”. Name the CSV file to import.`);
  return {
    file,
    object: readFlag('--object', ImportObject, { value: values.object, hint: 'give contacts, companies, tickets or deals.' }),
    map: readMap(values.map),
    isDryRun: values['dry-run'] === true,
    country: readFlag('--country', CountryCode, { value: values.country?.toUpperCase(), hint: 'give the two letters of a country, such as PL.' }),
    onExisting:
      readFlag('--on-existing', ImportOptions.shape.onExisting, {
        value: values['on-existing'],
        hint: 'give take-theirs, keep-ours or fill-empty.',
      }) ?? 'take-theirs',
    dataFolder: dataFolderOf(values.data),
  };
}

/** Alone where no server runs; beside it where one does, because the server then does the work. */
async function openForImport(dataFolder: string): Promise<Desk> {
  try {
    return await openDesk(dataFolder, { alone: true });
  } catch (error) {
    if (error instanceof DeskInUse) return openDesk(dataFolder);
    throw error;
  }
}

const labels: Readonly<Record<ImportProgress['phase'], string>> = { idle: 'Waiting', 'dry-run': 'Checking', import: 'Importing', undo: 'Undoing' };

function show(out: Output, { phase, rowsDone, rowsTotal }: ImportProgress): void {
  out.progress({ label: labels[phase], done: rowsDone, total: rowsTotal });
}

const isAtWork = (state: ImportBatch['state']) => state === 'running' || state === 'dry-running';
const millisecondsBetweenLooks = 200;
const looksBeforeHelping = 50;

/** Watches the server import; does it here if the server has ended meanwhile. */
async function watch(ctx: Context, id: string, out: Output): Promise<void> {
  let looksWithoutProgress = 0;
  let rowsDone = -1;
  for (;;) {
    const batch = await getImport(ctx, id);
    if (!isAtWork(batch.state)) return;
    show(out, batch.progress);
    looksWithoutProgress = batch.progress.rowsDone === rowsDone ? looksWithoutProgress + 1 : 0;
    rowsDone = batch.progress.rowsDone;
    if (looksWithoutProgress > looksBeforeHelping) await workOn(ctx, id, { onProgress: (progress) => show(out, progress) });
    await pause(millisecondsBetweenLooks);
  }
}

/** A name beside the file that is still free: what is there already may be somebody's work of mending rows. */
function freeName(file: string): string {
  const { dir, name } = path.parse(file);
  for (let count = 1; ; count += 1) {
    const target = path.join(dir, `${name}-errors${count === 1 ? '' : `-${count}`}.csv`);
    if (!existsSync(target)) return target;
  }
}

/** Writes what was refused beside the file. The name of the error file, if there is anything in it. */
async function writeErrors(ctx: Context, batch: ImportBatch, { file, out }: { readonly file: string; readonly out: Output }): Promise<string | undefined> {
  const parts = errorFile(ctx, batch.id);
  const header = await parts.next();
  const first = await parts.next();
  if (first.done === true) return undefined;
  async function* all() {
    yield header.value;
    yield first.value;
    yield* parts;
  }
  const target = freeName(file);
  try {
    await pipeline(Readable.from(all()), createWriteStream(target, { flags: 'wx' }));
    return target;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    out.warn(`The list of what was refused could not be written beside the file (${why}). Fetch it from the console, under Imports.`);
    return undefined;
  }
}

/** Queues the work. What is refused before it began leaves no half-made import on the console. */
async function start(ctx: Context, batch: ImportBatch, { options, isDryRun }: { readonly options: ImportOptions; readonly isDryRun: boolean }): Promise<void> {
  try {
    await (isDryRun ? startDryRun(ctx, batch.id, options) : startRun(ctx, batch.id, options));
  } catch (error) {
    await removeImport(ctx, batch.id);
    throw error;
  }
}

function summary({ state, object, problem, progress }: ImportBatch): string {
  const { created, updated, unchanged, failed, unreadableNumbers } = progress;
  const counts = `${created} new, ${updated} changed, ${unchanged} as before, ${failed} refused`;
  const count = unreadableNumbers === 1 ? '1 number' : `${unreadableNumbers} numbers`;
  const numbers = unreadableNumbers === 0 ? '' : ` ${count} can’t be read; mend them in the console under People.`;
  if (state === 'checked') return `This would import ${object}: ${counts}.${numbers} Nothing was changed.`;
  if (state === 'done') return `Imported ${object}: ${counts}.${numbers}`;
  return `${problem ?? 'The import was cancelled.'} So far: ${counts}.`;
}

/** `doorline import`: the import wizard's engine on the command line. Beside a running server, the server does the work. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const flags = readImportFlags(args);
  const desk = await openForImport(flags.dataFolder);
  const { ctx } = desk;
  try {
    const batch = await createImport(ctx, {
      stream: createReadStream(flags.file),
      fileName: path.basename(flags.file),
      object: flags.object,
      maxBytes: Number.MAX_SAFE_INTEGER,
    });
    for (const warning of batch.analysis.warnings) out.warn(warning);
    const guessed = Object.fromEntries(batch.analysis.columns.map((column) => [column.header, column.target]));
    const options: ImportOptions = {
      object: batch.object,
      mapping: { ...guessed, ...flags.map },
      defaultCountry: flags.country ?? (await readSettings(ctx, companySettings)).country,
      onExisting: flags.onExisting,
    };
    for (const [header, target] of Object.entries(options.mapping)) out.say(`${header} → ${target ?? 'left out'}`);

    await start(ctx, batch, { options, isDryRun: flags.isDryRun });
    if (desk.isServerRunning) await watch(ctx, batch.id, out);
    else await workOn(ctx, batch.id, { onProgress: (progress) => show(out, progress) });

    const after = await getImport(ctx, batch.id);
    for (const note of after.progress.notes ?? []) out.say(note);
    const errors = await writeErrors(ctx, after, { file: flags.file, out });
    if (errors !== undefined) out.warn(`What was refused or left out, row by row: ${errors}`);
    const { errors: _shown, notes, ...counts } = after.progress;
    out.result(
      {
        event: flags.isDryRun ? 'checked' : 'imported',
        importId: after.id,
        object: after.object,
        state: after.state,
        ...counts,
        notes,
        errorFile: errors ?? null,
      },
      summary(after),
    );
    return after.state === 'done' || after.state === 'checked' ? 0 : 1;
  } finally {
    await desk.close();
  }
}
