import { Readable } from 'node:stream';
import type { Context } from '#server/kernel/context.ts';
import type { ImportBatch, ImportObject, ImportOptions } from '#server/imports/imports.contract.ts';
import { ImportOptions as ImportOptionsSchema } from '#server/imports/imports.contract.ts';
import { createImport, errorFile, getImport, startDryRun, startRun, undoImport } from '#server/imports/imports.service.ts';
import { workOnImports } from '#server/imports/work-imports.service.ts';

/** Rows as CSV text: the first is the header. */
export function csv(...rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map((value) => (/[",\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')).join('\n')}\n`;
}

export function givenUploadedFile(
  ctx: Context,
  content: string | Buffer,
  options: { readonly object?: ImportObject; readonly fileName?: string } = {},
): Promise<ImportBatch> {
  return createImport(ctx, { stream: Readable.from([Buffer.from(content)]), fileName: options.fileName ?? 'contacts.csv', object: options.object });
}

/** The options that were guessed, with what the test changes. */
export function optionsFor(batch: ImportBatch, changes: Partial<ImportOptions> = {}): ImportOptions {
  const mapping = Object.fromEntries(batch.analysis.columns.map((column) => [column.header, column.target]));
  return ImportOptionsSchema.parse({ object: batch.object, mapping, defaultCountry: 'PL', ...changes });
}

/** Uploads a file and imports it to its end, as the job would. */
export async function imports(ctx: Context, content: string | Buffer, { object, ...changes }: Partial<ImportOptions> = {}): Promise<ImportBatch> {
  const batch = await givenUploadedFile(ctx, content, object === undefined ? {} : { object });
  await startRun(ctx, batch.id, optionsFor(batch, changes));
  await workOnImports(ctx);
  return getImport(ctx, batch.id);
}

export async function dryRuns(ctx: Context, content: string | Buffer, changes: Partial<ImportOptions> = {}): Promise<ImportBatch> {
  const batch = await givenUploadedFile(ctx, content);
  await startDryRun(ctx, batch.id, optionsFor(batch, changes));
  await workOnImports(ctx);
  return getImport(ctx, batch.id);
}

export async function undoes(ctx: Context, id: string): Promise<ImportBatch> {
  await undoImport(ctx, id);
  await workOnImports(ctx);
  return getImport(ctx, id);
}

export async function errorFileOf(ctx: Context, id: string): Promise<string> {
  let text = '';
  for await (const part of errorFile(ctx, id)) text += part;
  return text;
}
