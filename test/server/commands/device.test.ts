import { expect, test } from 'vitest';
import { run } from '#server/commands/device.ts';
import { createOutput } from '#server/commands/output.ts';
import { WrongUsage } from '#server/config/flags.ts';
import { claims, completes, phoneWith } from '#test/support/device-builders.ts';
import { temporaryFolder } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

/** Runs `doorline device …` beside whatever is open on the folder; what it said. */
async function device(folder: string, ...args: string[]): Promise<string> {
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) };
  const code = await run([...args, '--data', folder], createOutput(args.includes('--json'), { stdout: stream, stderr: { write: () => true }, now: () => 0 }));
  expect(code).toBe(0);
  return said.join('');
}

test('a phone pairs by a code of the command line, which approves by itself, while the server runs', async () => {
  const folder = temporaryFolder();
  const server = await testServer({ folder });

  const started = JSON.parse(await device(folder, 'pair', '--name', 'Lab phone', '--approve', '--json')) as { url: string; token: string; expiresAt: string };
  expect(Object.keys(started)).toEqual(['url', 'token', 'expiresAt']);
  const { claimId } = (await claims(server, started.token)).json();
  const keys = (await completes(server, started.token, claimId)).json();

  expect((await phoneWith(server, keys.deviceId, keys.deviceToken).get('/me')).json()).toMatchObject({ name: 'Lab phone' });
  expect(await device(folder, 'list')).toContain(`${keys.deviceId}  active    Lab phone`);
  await device(folder, 'revoke', keys.deviceId);
  expect((await phoneWith(server, keys.deviceId, keys.deviceToken).get('/me')).statusCode).toBe(401);
});

test.each([
  [['--lease-days', '30'], 30],
  [['--lease-days', 'never'], null],
  [[], 90],
])('the lease of %j goes with the pairing onto the phone', async (flags, days) => {
  const folder = temporaryFolder();
  const server = await testServer({ folder });

  const started = JSON.parse(await device(folder, 'pair', '--name', 'Lab phone', '--approve', '--json', ...flags)) as { token: string };
  const { claimId } = (await claims(server, started.token)).json();
  const { deviceId } = (await completes(server, started.token, claimId)).json();

  expect((await server.asConsole('GET', `/devices/${deviceId}`)).json()).toMatchObject({ leaseDays: days });
});

test('without --approve the manager decides on the console', async () => {
  const folder = temporaryFolder();
  const server = await testServer({ folder });

  const text = await device(folder, 'pair', '--name', 'Lab phone');
  const token = /#1\.([0-9a-z]{26})\./u.exec(text)?.[1] ?? '';
  const { claimId } = (await claims(server, token)).json();

  expect((await completes(server, token, claimId)).statusCode).toBe(425);
  expect(text).toContain('▄');
});

test('a pairing can be started before the server ever ran', async () => {
  const folder = temporaryFolder();
  const first = await testServer({ folder });
  await first.ctx.db.deleteFrom('certificates').execute();
  await first.close();

  expect(await device(folder, 'pair', '--name', 'Early', '--json')).toContain('"url"');
});

test.each([
  [['pair'], 'Give the phone a name'],
  [['pair', '--name', 'x', '--lease-days', '0'], '--lease-days: A lease lasts at least one day.'],
  [['pair', '--name', 'x', '--lease-days', '1.5'], '--lease-days: Write a whole number of days.'],
  [['pair', '--name', 'x', '--lease-days', 'soon'], '--lease-days: Write a whole number of days.'],
  [['pair', '--name', 'x', '--lease-days='], '--lease-days: Write a whole number of days.'],
  [['pair', '--name', 'x', 'y'], 'one word too many'],
  [['revoke'], 'is missing'],
  [['unpair'], 'Use “device pair'],
  [[], 'Use “device pair'],
])('%j is wrong usage, and says what is right', async (args, words) => {
  const folder = temporaryFolder();
  await testServer({ folder });

  const wrong = device(folder, ...args);

  await expect(wrong).rejects.toThrow(WrongUsage);
  await expect(wrong).rejects.toThrow(words);
});

test('a phone that is not there is refused in words', async () => {
  const folder = temporaryFolder();
  await testServer({ folder });

  await expect(device(folder, 'revoke', 'nobody')).rejects.toThrow('This phone was not found.');
});
