import { PassThrough } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { expect, test, vi } from 'vitest';
import { requestLog } from '#server/http/request-log.ts';
import { createLog } from '#server/kernel/log.ts';

function loggerWithLines(): { readonly parent: FastifyBaseLogger; readonly lines: () => object[] } {
  const stream = new PassThrough();
  const parent = createLog({ level: 'info', destination: stream });
  const lines = (): object[] =>
    String(stream.read() ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as object);
  return { parent, lines };
}

test('what a request logs names the request, and hides what any log hides', () => {
  const { parent, lines } = loggerWithLines();
  const log = requestLog(parent, { reqId: 'one' });

  log.warn({ password: 'open sesame' }, 'was refused');
  log.child({ part: 'body' }).error('broke');
  log.debug('is not asked for');

  expect(lines()).toMatchObject([
    { level: 'warn', reqId: 'one', password: '[redacted]', msg: 'was refused' },
    { level: 'error', reqId: 'one', part: 'body', msg: 'broke' },
  ]);
});

test('a request that logs nothing makes no logger', () => {
  const { parent } = loggerWithLines();
  const made = vi.spyOn(parent, 'child');

  const log = requestLog(parent, { reqId: 'one' });
  expect(made).not.toHaveBeenCalled();

  log.info('once');
  log.info('twice');
  expect(made).toHaveBeenCalledTimes(1);
});
