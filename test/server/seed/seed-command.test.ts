import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createOutput } from '#server/commands/output.ts';
import { run } from '#server/commands/seed.ts';
import { temporaryFolder } from '#test/support/test-context.ts';

function recorder(isJson: boolean) {
  const lines = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      lines[name] += text;
    },
  });
  return { lines, out: createOutput(isJson, { stdout: stream('stdout'), stderr: stream('stderr'), now: () => 0 }) };
}

test('seed prints the first members’ addresses and where they sign in, and its progress beside', async () => {
  const { lines, out } = recorder(false);

  const code = await run(['--contacts', '100', '--tickets', '20', '--members', '12', '--password', 'open sesame', '--data', temporaryFolder()], out);

  expect(code).toBe(0);
  const answer = JSON.parse(lines.stdout) as { members: string[]; portalUrl: string };
  expect(answer.members).toHaveLength(10);
  expect(new Set(answer.members).size).toBe(10);
  expect(answer.portalUrl).toMatch(/^https:\/\/.+\/support$/u);
  expect(lines.stderr).toContain('Contacts');
});

test('seed with --json says everything in lines of JSON', async () => {
  const { lines, out } = recorder(true);

  await run(['--contacts', '50', '--json', '--data', temporaryFolder()], out);

  const events = lines.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string });
  expect(events.at(-1)).toMatchObject({ event: 'seeded', contacts: 50, tickets: 0, members: [] });
  expect(events[0]).toMatchObject({ event: 'progress' });
  expect(lines.stderr).toBe('');
});

test.each([
  [['--contacts', 'many'], '--contacts'],
  [['--contacts', '-1'], '--contacts'],
  [[], '--contacts'],
  [['--contacts', '10', '--members', '11', '--password', 'x'], '--members'],
  [['--contacts', '10', '--members', '2'], '--password'],
  [['--contacts', '0', '--tickets', '5'], '--contacts'],
  [['--contacts', '10', '--tickets', '1.5'], '--tickets'],
  [['--contacts', '10', '--speed', '9'], '--speed'],
])('seed %j is refused, naming the flag, and touches nothing', async (flags, named) => {
  const folder = path.join(temporaryFolder(), 'desk');
  const { out } = recorder(false);

  await expect(run([...flags, '--data', folder], out)).rejects.toThrow(named);

  expect(existsSync(folder)).toBe(false);
});
