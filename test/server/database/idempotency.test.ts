import { expect, test } from 'vitest';
import { forgetOldKeys, onceByKey } from '#server/database/idempotency.ts';
import { testClock, testContext } from '#test/support/test-context.ts';

test('a request that comes again, also side by side, is done once and answered alike', async () => {
  const ctx = await testContext();
  let done = 0;
  const send = (key: string | undefined, content = 'hello') =>
    onceByKey(ctx, { scope: 'agent:a', key, content }, () => {
      done += 1;
      return Promise.resolve({ number: done });
    });

  const answers = await Promise.all([send('k1'), send('k1'), send('k1')]);

  expect(answers).toEqual([{ number: 1 }, { number: 1 }, { number: 1 }]);
  await expect(send('k1', 'something else')).rejects.toMatchObject({ kind: 'conflict', code: 'idempotency-key-used-twice' });
  expect(await send('k2')).toEqual({ number: 2 });
  expect(await send(undefined)).toEqual({ number: 3 });
});

test('work that failed may be tried again under its key', async () => {
  const ctx = await testContext();
  const failed = onceByKey(ctx, { scope: 'agent:a', key: 'k', content: 1 }, () => Promise.reject(new Error('no')));
  await expect(failed).rejects.toThrow('no');

  expect(await onceByKey(ctx, { scope: 'agent:a', key: 'k', content: 1 }, () => Promise.resolve('yes'))).toBe('yes');
});

test('keys are forgotten after two days', async () => {
  const clock = testClock();
  const ctx = await testContext({ clock });
  await onceByKey(ctx, { scope: 'agent:a', key: 'k', content: 1 }, () => Promise.resolve('first'));
  clock.advance(2 * 86_400_000 + 1);

  await forgetOldKeys(ctx);

  expect(await onceByKey(ctx, { scope: 'agent:a', key: 'k', content: 1 }, () => Promise.resolve('second'))).toBe('second');
});
