import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/app-error.ts';
import type { App } from './app-type.ts';
import type { Routes } from './scopes.ts';

/** A file of a form is larger than this place takes. */
export class FileTooLarge extends AppError {
  readonly kind = 'too-large';
  readonly code = 'file-too-large';

  constructor(field: string, maxBytes: number) {
    super(`The file in “${field}” is larger than ${Math.round(maxBytes / 1024)} KB. Choose a smaller one.`);
  }
}

/** The body is not a form with files. */
export class NotAForm extends AppError {
  readonly kind = 'unsupported';
  readonly code = 'not-a-form';

  constructor() {
    super('Send this as a form with files (multipart/form-data).');
  }
}

/** Registers routes that read forms with files. Nothing is read before a route asks, and never more than these limits. */
export function withForms(app: App, routes: Routes): void {
  void app.register(async (forms) => {
    await forms.register(multipart, {
      throwFileSizeLimit: true,
      limits: { files: 20, fields: 100, fieldNameSize: 100, fieldSize: 262_144, fileSize: 25 * 1024 * 1024, headerPairs: 50, parts: 120 },
    });
    await routes(forms);
  });
}

/** Reads a whole form with small files into memory. Files and fields of other names are drained and ignored. */
export async function readForm<Name extends string>(
  request: FastifyRequest,
  { fileNames, maxFileBytes }: { readonly fileNames: readonly Name[]; readonly maxFileBytes: number },
): Promise<{ readonly files: Partial<Record<Name, Buffer>>; readonly fields: Partial<Record<string, string>> }> {
  if (!request.isMultipart()) throw new NotAForm();
  const files: Partial<Record<Name, Buffer>> = {};
  const fields: Partial<Record<string, string>> = {};
  for await (const part of request.parts({ limits: { fileSize: maxFileBytes } })) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value;
      continue;
    }
    const name = fileNames.find((wanted) => wanted === part.fieldname);
    if (name === undefined) part.file.resume();
    else files[name] = await part.toBuffer().catch(() => Promise.reject(new FileTooLarge(part.fieldname, maxFileBytes)));
  }
  return { files, fields };
}
