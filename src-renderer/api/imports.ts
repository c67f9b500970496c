import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ImportBatch, type ImportOptions } from '#server/imports/imports.contract.ts';
import { call, get, saveFile } from './client.ts';

export const importsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: async ({ signal }) => (await get('/imports', z.object({ items: z.array(ImportBatch) }), { signal })).items,
});

export function importQuery(id: string) {
  return queryOptions({ queryKey: ['imports', 'one', id], queryFn: ({ signal }) => get(`/imports/${id}`, ImportBatch, { signal }) });
}

/** Hands over a file to be looked at; nothing is imported yet. */
export function startImport(file: File, signal?: AbortSignal): Promise<ImportBatch> {
  const form = new FormData();
  form.append('file', file, file.name);
  return call({ method: 'POST', path: '/imports', body: form, answer: ImportBatch, signal });
}

/** Counts what the import would do, without doing it. */
export function checkImport(id: string, options: z.input<typeof ImportOptions>): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/check`, body: options, answer: ImportBatch });
}

export function runImport(id: string): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/run`, answer: ImportBatch });
}

export function cancelImport(id: string): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/cancel`, answer: ImportBatch });
}

export function undoImport(id: string): Promise<ImportBatch> {
  return call({ method: 'POST', path: `/imports/${id}/undo`, answer: ImportBatch });
}

export function saveImportErrors(batch: { id: string; fileName: string }): Promise<void> {
  return saveFile(`/imports/${batch.id}/errors.csv`, batch.fileName.replace(/(\.csv)?$/iu, '-errors.csv'));
}
