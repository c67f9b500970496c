import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const zstd = promisify(zstdCompress);

type Coding = 'br' | 'zstd' | 'gzip';

/** In the order we choose when a client likes several equally: br is the smallest, and phones pay by the byte. */
const codings: readonly Coding[] = ['br', 'zstd', 'gzip'];

const leastBytes = 1024;

/** How much a client likes a content coding (RFC 9110, 12.5.3); 0: not at all. */
function readWeights(acceptEncoding: string | undefined): (coding: Coding) => number {
  const weights = new Map<string, number>();
  for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.trim().split(/\s*;\s*/u);
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (name !== '') weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  return (coding) => weights.get(coding) ?? weights.get('*') ?? 0;
}

/** Whether a client takes it packed with gzip, which is what can be sent while it is still being written. */
export function takesGzip(acceptEncoding: string | undefined): boolean {
  return readWeights(acceptEncoding)('gzip') > 0;
}

/** The content coding a client likes best of those we have; undefined: none. */
export function chooseCoding(acceptEncoding: string | undefined): Coding | undefined {
  const weightOf = readWeights(acceptEncoding);
  const [best] = codings.filter((coding) => weightOf(coding) > 0).sort((left, right) => weightOf(right) - weightOf(left));
  return best;
}

const compress: Readonly<Record<Coding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) =>
    brotli(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  zstd: (body) => zstd(body),
  gzip: (body) => gzipped(body, { level: 6 }),
};

/** Sends a body compressed as the client likes it. */
export async function sendCompressed(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, text }: { readonly type: string; readonly text: string },
): Promise<FastifyReply> {
  const body = Buffer.from(text);
  const coding = body.length < leastBytes ? undefined : chooseCoding(request.headers['accept-encoding']);
  reply.type(type).header('vary', 'accept-encoding');
  if (coding === undefined) return reply.send(body);
  return reply.header('content-encoding', coding).send(await compress[coding](body));
}

/** Sends JSON compressed. It is written as it is: no schema is run over thousands of rows again. */
export function sendCompressedJson(request: FastifyRequest, reply: FastifyReply, answer: object): Promise<FastifyReply> {
  return sendCompressed(request, reply, { type: 'application/json; charset=utf-8', text: JSON.stringify(answer) });
}
