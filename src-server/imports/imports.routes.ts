import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { contextOf, type Routes } from '../http/scopes.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import { ById, PageQuery } from '../kernel/primitives.contract.ts';
import { ImportBatch, ImportObject, ImportOptions, ImportPage } from './imports.contract.ts';
import {
  cancelImport,
  createImport,
  errorFile,
  getImport,
  largestUploadMegabytes,
  listImports,
  releaseImport,
  removeImport,
  startDryRun,
  startRun,
  undoImport,
} from './imports.service.ts';

function noFile(): InvalidInput {
  return new InvalidInput([{ path: 'file', message: 'Choose a CSV file; it is sent as multipart/form-data in the field “file”.' }]);
}

function readObject(field: unknown): ImportObject | undefined {
  const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : undefined;
  if (value === undefined || value === '') return undefined;
  const read = ImportObject.safeParse(value);
  if (!read.success) throw new InvalidInput([{ path: 'object', message: 'Choose contacts, companies, tickets or deals.' }]);
  return read.data;
}

export const importRoutes: Routes = (app) => {
  void app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { files: 1, fields: 5, fieldSize: 1000, parts: 6, headerPairs: 50 } });
    uploads.post('/imports', { config: { isUpload: true }, schema: { response: { 201: ImportBatch } } }, async (request, reply) => {
      if (!request.isMultipart()) throw noFile();
      // One byte more than our own limit, so that ours is the one that speaks.
      const file = await request.file({ limits: { fileSize: largestUploadMegabytes * 1_048_576 + 1 } });
      if (file === undefined) throw noFile();
      const batch = await createImport(contextOf(request), { stream: file.file, fileName: file.filename, object: readObject(file.fields['object']) });
      return reply.status(201).send(batch);
    });
  });

  app.get('/imports', { schema: { querystring: PageQuery, response: { 200: ImportPage } } }, (request) => listImports(contextOf(request), request.query));
  app.get('/imports/:id', { schema: { params: ById, response: { 200: ImportBatch } } }, (request) => getImport(contextOf(request), request.params.id));
  app.delete('/imports/:id', { schema: { params: ById } }, async (request, reply) => {
    await removeImport(contextOf(request), request.params.id);
    return reply.status(204).send();
  });
  app.post('/imports/:id/dry-run', { schema: { params: ById, body: ImportOptions, response: { 200: ImportBatch } } }, (request) =>
    startDryRun(contextOf(request), request.params.id, request.body),
  );
  app.post('/imports/:id/run', { schema: { params: ById, body: ImportOptions, response: { 200: ImportBatch } } }, (request) =>
    startRun(contextOf(request), request.params.id, request.body),
  );
  app.post('/imports/:id/cancel', { schema: { params: ById, response: { 200: ImportBatch } } }, (request) =>
    cancelImport(contextOf(request), request.params.id),
  );
  app.post('/imports/:id/undo', { schema: { params: ById, response: { 200: ImportBatch } } }, (request) => undoImport(contextOf(request), request.params.id));
  app.post('/imports/:id/release', { schema: { params: ById, response: { 200: ImportBatch } } }, (request) =>
    releaseImport(contextOf(request), request.params.id),
  );
  app.get('/imports/:id/errors.csv', { schema: { params: ById } }, async (request, reply) => {
    const ctx = contextOf(request);
    const { fileName } = await getImport(ctx, request.params.id);
    const name = encodeURIComponent(fileName.replace(/(\.csv)?$/iu, '-errors.csv'));
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .send(Readable.from(errorFile(ctx, request.params.id)));
  });
};
