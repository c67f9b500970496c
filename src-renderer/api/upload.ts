import type { z } from 'zod';
import { misunderstood, readProblem, unreachable } from './problem.ts';
import { session } from './session.ts';

export interface Upload<Answer extends z.ZodType> {
  readonly path: string;
  readonly file: File;
  /** Sent beside the file, before it, so that the server knows them when the file begins. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly answer: Answer;
  readonly signal?: AbortSignal;
  /** How much has left this page, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Sends one file as multipart/form-data. Its own way to the server because `fetch` does not tell how far an upload is. */
export async function upload<Answer extends z.ZodType>(request: Upload<Answer>): Promise<z.output<Answer>> {
  const { baseUrl, token } = await session();
  const form = new FormData();
  for (const [name, value] of Object.entries(request.fields ?? {})) form.set(name, value);
  form.set('file', request.file);
  const response = await send({ url: `${baseUrl}${request.path}`, token, form }, request);
  if (!response.ok) throw await readProblem(response, request.path);
  const answer = request.answer.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw misunderstood(request.path, answer.error);
  return answer.data;
}

function send(
  target: { readonly url: string; readonly token: string; readonly form: FormData },
  { path, signal, onProgress }: Pick<Upload<z.ZodType>, 'path' | 'signal' | 'onProgress'>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', target.url);
    request.setRequestHeader('authorization', `Bearer ${target.token}`);
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => resolve(new Response(request.responseText, { status: request.status })));
    request.addEventListener('error', () => reject(unreachable(path, undefined)));
    request.addEventListener('abort', () => reject(new DOMException('The upload was cancelled.', 'AbortError')));
    signal?.addEventListener('abort', () => request.abort());
    request.send(target.form);
  });
}
