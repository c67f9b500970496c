import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { diskFailureOf } from '../database/disk-failure.ts';
import { AppError, type ErrorKind, type FieldProblem } from '../kernel/app-error.ts';
import type { App } from './app-type.ts';
import type { Problem } from '../kernel/primitives.contract.ts';

/** The one table from what went wrong to an HTTP status. */
const statusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  'too-early': 425,
  'too-many-requests': 429,
  unavailable: 503,
};

const titles: Readonly<Record<number, string>> = {
  400: 'The request does not fit',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Not a type that is understood',
  425: 'Too early',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not available',
};

function problemsOfSchema(error: FastifyError): FieldProblem[] | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined;
  return error.validation.map((issue) => {
    const field = issue.instancePath.replace(/^\//u, '').replaceAll('/', '.');
    return { path: field === '' ? (error.validationContext ?? 'request') : field, message: issue.message ?? 'does not fit' };
  });
}

/** What Fastify refuses by itself, with what to do about it. */
const ofFastify: Readonly<Record<string, FieldProblem>> = {
  FST_ERR_MAX_PARAM_LENGTH: { path: 'url', message: 'A part of the address is too long. Take it from an answer of this server.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { path: 'body', message: 'The body is empty. Send JSON, or leave the content type out.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { path: 'body', message: 'This is not valid JSON. See whether it is cut off or misquoted.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { path: 'body', message: 'The body is not as long as its content-length says. Send it again.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    path: 'content-type',
    message: 'This type is not understood here. Send JSON as application/json, files as multipart/form-data.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { path: 'body', message: 'This is more than is taken at once here. Send less.' },
};

/** The parser of forms gives its errors no code. */
const brokenForm = /^(?:Unexpected end of multipart data|Part terminated early|Multipart: Boundary not found|Malformed )/u;

function problemOfTransport(error: FastifyError): { readonly status: number; readonly field: FieldProblem } | undefined {
  const field = ofFastify[error.code];
  if (field !== undefined) return { status: error.statusCode ?? 400, field };
  if (!brokenForm.test(error.message)) return undefined;
  return { status: 400, field: { path: 'body', message: 'The form is cut off or has no boundary. Send it again, whole.' } };
}

/** Puts an error into the words of RFC 9457. What we did not expect says nothing but its request id. */
export function toProblem(thrown: FastifyError | AppError, request: FastifyRequest): Problem {
  const instance = request.id;
  const error = diskFailureOf(thrown) ?? thrown;
  if (error instanceof AppError) {
    const status = statusOf[error.kind];
    return {
      type: `urn:doorline:problem:${error.code}`,
      title: titles[status] ?? 'Refused',
      status,
      detail: error.message,
      instance,
      code: error.code,
      ...(error.fields === undefined ? {} : { errors: [...error.fields] }),
    };
  }
  const fields = problemsOfSchema(error);
  if (fields !== undefined) {
    const detail = fields.map((field) => `${field.path}: ${field.message}`).join('; ');
    return { type: 'urn:doorline:problem:invalid-input', title: titles[400] ?? '', status: 400, detail, instance, code: 'invalid-input', errors: fields };
  }
  const transport = problemOfTransport(error);
  if (transport !== undefined) {
    const { status, field } = transport;
    const code = (error.code ?? 'broken-form').toLowerCase();
    return { type: 'about:blank', title: titles[status] ?? 'Refused', status, detail: field.message, instance, code, errors: [field] };
  }
  const status = error.statusCode ?? 500;
  const isOurs = status >= 500;
  return {
    type: 'about:blank',
    title: titles[status] ?? 'Refused',
    status,
    detail: isOurs ? `Nothing was changed. Try again; if it happens again, pass on this id: ${request.id}.` : error.message,
    instance,
    code: isOurs ? 'internal' : (error.code ?? 'refused').toLowerCase(),
  };
}

export async function sendProblem(reply: FastifyReply, problem: Problem): Promise<void> {
  // A scope may have chosen a serializer for its own answers; a problem is always this JSON.
  await reply.status(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}

/** One handler for every error of a plane: logs what is ours, answers problem+json. */
export function handleErrors(app: App): void {
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const problem = toProblem(error, request);
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    if ((problem.status === 429 || problem.status === 503) && !reply.hasHeader('retry-after')) reply.header('retry-after', '10');
    await sendProblem(reply, problem);
  });
  app.setNotFoundHandler(async (request, reply) => {
    await sendProblem(reply, {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing at this address.',
      instance: request.id,
      code: 'not-found',
    });
  });
}
