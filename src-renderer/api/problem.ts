import { Problem } from '#server/kernel/primitives.contract.ts';

/** Messages by the path of the field they are about: `{ 'numbers.0.raw': 'Write a number.' }`. */
export type FieldProblems = Readonly<Record<string, string>>;

/** The server refused, or could not be understood or reached. `message` is a sentence for people. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fields: FieldProblems;
  /** The request's id, for support. */
  readonly instance: string;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.detail, { cause });
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.instance = problem.instance;
    this.fields = Object.fromEntries((problem.errors ?? []).map(({ path, message }) => [path, message]));
  }

  /** True when trying again may help without changing anything. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Nobody answered at the other end. */
export function unreachable(path: string, cause: unknown): ApiProblem {
  return new ApiProblem(
    {
      type: 'about:blank',
      title: 'The server does not answer',
      status: 0,
      detail: 'Doorline’s server on this PC does not answer. It may be restarting; try again in a moment.',
      instance: path,
      code: 'unreachable',
    },
    cause,
  );
}

/** An answer that is not what the contract says: another version of the server, or something in between. */
export function misunderstood(path: string, cause: unknown): ApiProblem {
  return new ApiProblem(
    {
      type: 'about:blank',
      title: 'The answer was not understood',
      status: 502,
      detail: 'The server answered with something this console does not understand. Reload the page; console and server may be of different versions.',
      instance: path,
      code: 'misunderstood',
    },
    cause,
  );
}

/** Reads a refusal, whatever it is made of. */
export async function readProblem(response: Response, path: string): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const problem = Problem.safeParse(body);
  if (problem.success) return new ApiProblem(problem.data);
  return new ApiProblem({
    type: 'about:blank',
    title: 'The server refused',
    status: response.status,
    detail: `The server refused this with status ${response.status} and no reason.`,
    instance: path,
    code: 'refused',
  });
}

/** What support needs, as text to paste. */
export function problemDetails(error: unknown): string {
  const lines = [new Date().toISOString(), globalThis.location?.href.replace(/code=[^&]*/u, 'code=…') ?? ''];
  if (error instanceof ApiProblem) lines.push(`${error.status} ${error.code}: ${error.message}`, `request ${error.instance}`);
  else lines.push(String(error));
  if (error instanceof ApiProblem && error.cause instanceof Error) lines.push(error.cause.message);
  return lines.join('\n');
}

/** One sentence for people. */
export function problemSentence(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something went wrong here. Try again.';
}

/** Whether the server refused for this very reason. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiProblem && error.code === code;
}

/** Messages by field; empty for errors that are about none. */
export function fieldProblems(error: unknown): FieldProblems {
  return error instanceof ApiProblem ? error.fields : {};
}
