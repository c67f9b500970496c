import { expect, test } from 'vitest';
import { createLog } from '#server/kernel/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let written = '';
  const log = createLog({ level: 'info', destination: { write: (line: string) => void (written += line) } });
  write(log);
  return written;
}

test('secrets, names and numbers given as fields are redacted, three levels deep', () => {
  const line = logged((log) =>
    log.info({ password: 'pw-1', body: { token: 'tk-2', contact: { email: 'marta@example.com', number: '+48601234567' } }, status: 200 }, 'request done'),
  );

  for (const secret of ['pw-1', 'tk-2', 'marta@example.com', '601234567']) expect(line).not.toContain(secret);
  expect(JSON.parse(line)).toMatchObject({ status: 200, msg: 'request done', level: 'info' });
});

test('a number quoted in an error’s message or stack loses all but its last two digits', () => {
  const line = logged((log) => log.error({ err: new Error('cannot read “+48 601 234 567” here') }, 'request failed'));

  expect(line).not.toMatch(/601.?234/u);
  expect(line).toContain('…67');
  expect(line).toContain('log.test.ts');
});

test('a line stays one line whatever is logged', () => {
  const line = logged((log) => log.info({ agent: 'x\r\n{"level":"error","msg":"forged"}' }, 'seen'));

  expect(line.trim().split('\n')).toHaveLength(1);
});
