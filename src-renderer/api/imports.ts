import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ImportBatch, ImportPage, type ImportObject, type ImportOptions } from '#server/imports/imports.contract.ts';
import { call, get, saveFile } from './client.ts';
import { pagedList } from './pages.ts';
import { upload } from './upload.ts';

export const importsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: async ({ signal }) => (await get('/imports', z.object({ items: z.array(ImportBatch) }), { signal })).items,
});

/** Everything that was ever imported, page by page. */
export function importPagesQuery() {
  return pagedList({ key: ['imports', 'pages'], path: '/imports', page: ImportPage });
}

export function importQuery(id: string) {
  return queryOptions({ queryKey: ['imports', 'one', id], queryFn: ({ signal }) => get(`/imports/${id}`, ImportBatch, { signal }) });
}

/** Hands over a file to be looked at; nothing is imported yet. `object` overrules what the file is taken for. */
export function startImport(
  file: File,
  options: { readonly object?: ImportObject; readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void } = {},
): Promise<ImportBatch> {
  const { object, ...rest } = options;
  return upload({ path: '/imports', file, answer: ImportBatch, ...(object === undefined ? {} : { fields: { object } }), ...rest });
}

/** Counts what the import would do, without doing it. Answers at once; the counting is told by live events. */
export function checkImport(id: string, options: z.input<typeof ImportOptions>): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/dry-run`, body: options, answer: ImportBatch });
}

export function runImport(id: string, options: z.input<typeof ImportOptions>): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/run`, body: options, answer: ImportBatch });
}

export function cancelImport(id: string): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/cancel`, answer: ImportBatch });
}

export function undoImport(id: string): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/undo`, answer: ImportBatch });
}

/** Shows imported tickets to their customers. */
export function releaseImport(id: string): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/release`, answer: ImportBatch });
}

export function saveImportErrors(batch: { id: string; fileName: string }): Promise<void> {
  return saveFile(`/imports/${batch.id}/errors.csv`, batch.fileName.replace(/(\.csv)?$/iu, '-errors.csv'));
}
