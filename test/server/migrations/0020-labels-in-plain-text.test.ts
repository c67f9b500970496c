import { describe, expect, test } from 'vitest';
import { migrations } from '#server/database/migrations/index.ts';
import type { DirectoryAnswer } from '#server/devices/devices.contract.ts';
import { givenOlderDesk, phoneOf } from '#test/support/older-desk.ts';
import { testServer } from '#test/support/test-server.ts';

const before = migrations.slice(
  0,
  migrations.findIndex(({ name }) => name.startsWith('0020')),
);

async function newsOnPhone(...name: [string, string]): Promise<DirectoryAnswer> {
  const older = await givenOlderDesk(before, name);
  const server = await testServer({ folder: older.folder });
  return (await phoneOf(server, older).get(`/directory?cursor=${older.cursor}`)).json<DirectoryAnswer>();
}

describe('bringing a desk to version 0020', () => {
  test.each(['Bank\u202E OKP', 'Ring\u0007Ring', '\u2067Ewa\u2069', 'A\u0085B', 'A\u2028B'])(
    'a label that turns a display round reaches phones anew: %j',
    async (firstName) => {
      const { mode, add } = await newsOnPhone(firstName, 'Nowak');

      expect(mode).toBe('delta');
      expect(add.map(([digits, label]) => [digits, /^[\x20-\x7e]+ Nowak$/u.test(label)])).toEqual([
        ['48600100200', true],
        ['48600100201', true],
      ]);
    },
  );

  test('any other label is no news', async () => {
    expect(await newsOnPhone('Zażółć 李 👩\u200d🔧 שלום\u200f', 'O’Brien')).toMatchObject({ mode: 'delta', add: [], remove: [] });
  });
});
