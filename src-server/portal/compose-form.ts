import { PassThrough } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { storeUpload } from '../conversations/attachments.service.ts';
import { ForeignForm } from '../http/csrf.ts';
import { contextOf } from '../http/scopes.ts';
import { AppError } from '../kernel/app-error.ts';
import type { TextKey } from '../locales/locales.ts';
import type { MemberSession } from '../members/sessions.service.ts';
import { emptyDraft, type ComposeDraft, type KeptFile } from './compose-draft.ts';
import { loadDraft } from './compose.service.ts';
import { requireOwnForm } from './visit.ts';

export const mostFiles = 20;
const megabyte = 1_048_576;

/** A message as a form sent it. */
export interface SentForm {
  readonly draft: ComposeDraft;
  /** What went wrong with files, in the visitor's words. */
  readonly fileProblems: readonly string[];
  /** The button that throws the draft away was pressed. */
  readonly isDiscarded: boolean;
  /** There were files, but nobody signed in to keep them for. */
  readonly hadForeignFiles: boolean;
}

const problemWords: Readonly<Record<string, TextKey>> = {
  'file-too-large': 'files.tooLarge',
  'upload-quota-used': 'files.quota',
  'upload-interrupted': 'files.interrupted',
  'invalid-input': 'files.empty',
};

interface Reading {
  readonly fields: Map<string, string>;
  readonly keep: Set<string>;
  readonly files: KeptFile[];
  readonly problems: string[];
  hadForeignFiles: boolean;
  /** The form carried the token of this visitor. */
  isOurs: boolean;
}

/** Stores one file of the form, or says why it was left out. Whatever happens, the rest of the form is read on. */
async function takeFile(request: FastifyRequest, part: MultipartFile, reading: Reading): Promise<void> {
  const { session, settings, translator } = request.visit;
  if (part.filename === '' || session === undefined) {
    reading.hadForeignFiles ||= part.filename !== '';
    part.file.resume();
    return;
  }
  if (reading.files.length >= mostFiles) {
    part.file.resume();
    reading.problems.push(translator.t('files.tooMany', { count: mostFiles }));
    return;
  }
  // Storing may give up half-way and destroy its source; the parser needs its own stream read to the end.
  const source = part.file.pipe(new PassThrough());
  try {
    const stored = await storeUpload(contextOf(request), {
      stream: source,
      fileName: part.filename,
      uploadedBy: `member:${session.memberId}`,
      maxBytes: settings.maxAttachmentMegabytes * megabyte,
    });
    reading.files.push({ id: stored.id, fileName: stored.fileName, byteSize: stored.byteSize });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.kind === 'unavailable') request.log.error({ err: error }, 'a customer’s file was not kept');
    const key = problemWords[error.code] ?? 'files.failed';
    reading.problems.push(translator.t(key, { name: part.filename, megabytes: settings.maxAttachmentMegabytes }));
  } finally {
    part.file.unpipe(source);
    part.file.resume();
  }
}

/** The parser's own end of patience with the number of files, far beyond ours. */
function isTooManyParts(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'FST_FILES_LIMIT' || error.code === 'FST_PARTS_LIMIT');
}

/**
 * Goes through the form part by part. The token comes first.
 * @throws ForeignForm
 */
async function readParts(request: FastifyRequest, reading: Reading, earlier: readonly KeptFile[]): Promise<void> {
  // One byte more than ours, so that takeFile is the one that speaks.
  const limits = { fileSize: request.visit.settings.maxAttachmentMegabytes * megabyte + 1 };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      if (!reading.isOurs) throw new ForeignForm();
      await takeFile(request, part, reading);
      continue;
    }
    const value = typeof part.value === 'string' ? part.value : '';
    if (part.fieldname === 'token' && !reading.isOurs) {
      requireOwnForm(request, value);
      reading.isOurs = true;
    } else if (part.fieldname === 'keep') {
      const kept = earlier.find((file) => file.id === value);
      if (kept !== undefined && !reading.keep.has(value) && reading.files.length < mostFiles) reading.files.push(kept);
      reading.keep.add(value);
    } else {
      reading.fields.set(part.fieldname, value);
    }
  }
}

/**
 * Reads a message form: its files are stored as they arrive, and what was stored by an earlier try is taken along.
 * @throws ForeignForm before anything is stored
 */
export async function readComposeForm(request: FastifyRequest, place: string): Promise<SentForm> {
  if (!request.isMultipart()) throw new ForeignForm();
  const { session, endedSession, translator } = request.visit;
  const reading: Reading = { fields: new Map(), keep: new Set(), files: [], problems: [], hadForeignFiles: false, isOurs: false };
  try {
    await readParts(request, reading, await filesKeptBefore(request, session, place));
  } catch (error) {
    if (!isTooManyParts(error)) throw error;
    reading.problems.push(translator.t('files.tooMany', { count: mostFiles }));
  }
  if (!reading.isOurs || (session ?? endedSession) === undefined) throw new ForeignForm();

  const sending = reading.fields.get('sending') ?? '';
  const fresh = emptyDraft(place);
  return {
    draft: {
      place,
      sending: /^[\w-]{8,64}$/u.test(sending) ? sending : fresh.sending,
      subject: oneLine(reading.fields.get('subject') ?? ''),
      // Browsers send line ends as CR LF (WHATWG HTML, 4.10.22.4).
      text: (reading.fields.get('text') ?? '').replaceAll('\r\n', '\n'),
      files: reading.files,
    },
    fileProblems: [...new Set(reading.problems)],
    isDiscarded: reading.fields.has('discard'),
    hadForeignFiles: reading.hadForeignFiles,
  };
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/gu, ' ');
}

/** Only what this member's own draft holds may be kept on: an id alone proves nothing. */
async function filesKeptBefore(request: FastifyRequest, session: MemberSession | undefined, place: string): Promise<readonly KeptFile[]> {
  if (session === undefined) return [];
  return (await loadDraft(contextOf(request), place))?.files ?? [];
}
