import multipart from '@fastify/multipart';
import { z } from 'zod';
import { contextOf, type Routes } from '../http/scopes.ts';
import { InvalidInput } from '../kernel/app-error.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import { discardUpload, openAttachment, storeUpload, type Uploader } from './attachments.service.ts';
import { Attachment } from './conversations.contract.ts';

const Download = z.object({ download: z.coerce.boolean().default(false) });

function noFile(): InvalidInput {
  return new InvalidInput([{ path: 'file', message: 'Choose a file; it is sent as multipart/form-data in the field “file”.' }]);
}

/** Files of agents: sent one a request as multipart/form-data, so that each has its own progress and its own refusal. */
export const attachmentRoutes: Routes = (app) => {
  void app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { files: 1, fields: 10, fieldSize: 10_000, parts: 11, headerPairs: 50 } });
    uploads.post('/attachments', { config: { isUpload: true }, schema: { response: { 201: Attachment } } }, async (request, reply) => {
      if (!request.isMultipart()) throw noFile();
      const ctx = contextOf(request);
      const { maxAttachmentMegabytes } = await readSettings(ctx, portalSettings);
      const uploadedBy: Uploader = `agent:${ctx.actor.id}`;
      const maxBytes = maxAttachmentMegabytes * 1_048_576;
      const file = await request.file({ limits: { fileSize: maxBytes } });
      if (file === undefined) throw noFile();
      const stored = await storeUpload(ctx, { stream: file.file, fileName: file.filename, uploadedBy, maxBytes });
      return reply.status(201).send(stored);
    });
  });

  app.delete('/attachments/:id', { schema: { params: ById } }, async (request, reply) => {
    const ctx = contextOf(request);
    await discardUpload(ctx, request.params.id, `agent:${ctx.actor.id}`);
    return reply.status(204).send();
  });

  app.get('/attachments/:id', { schema: { params: ById, querystring: Download } }, async (request, reply) => {
    const { stream, headers } = await openAttachment(contextOf(request), request.params.id, request.query.download ? 'download' : 'show');
    return reply.headers(headers).send(stream);
  });
};
