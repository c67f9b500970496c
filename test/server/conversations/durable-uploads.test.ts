import type { FileHandle } from 'node:fs/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as fsPromises from 'node:fs/promises';
import { testContext } from '#test/support/test-context.ts';
import { givenUpload } from '#test/support/ticket-builders.ts';

// What was done to the disk, in order, and a step that the disk shall refuse.
const seen: string[] = [];
let refuse: { readonly step: string; readonly code: string } | undefined;

function step(name: string): void {
  seen.push(name);
  if (refuse?.step === name) throw Object.assign(new Error(`${refuse.code} at ${name}`), { code: refuse.code });
}

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fsPromises>();
  function watch(handle: FileHandle, what: string): FileHandle {
    return new Proxy(handle, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        return (...parameters: unknown[]): unknown => {
          if (property === 'sync' || property === 'writeFile') step(`${property === 'sync' ? 'flush' : 'write'} ${what}`);
          return Reflect.apply(value, target, parameters);
        };
      },
    });
  }
  return {
    ...real,
    async open(file: string, flags: string, mode?: number) {
      const handle = await real.open(file, flags, mode);
      return watch(handle, file.endsWith('.part') ? 'file' : 'folder');
    },
    async rename(from: string, to: string) {
      step('name file');
      await real.rename(from, to);
    },
  };
});

beforeEach(() => {
  seen.length = 0;
  refuse = undefined;
});

describe('a file is acknowledged only when it would survive a power cut', () => {
  test('bytes are flushed, then it gets its name, then the name is flushed, then its row is written', async () => {
    const ctx = await testContext();
    const insert = vi.spyOn(ctx.db, 'insertInto');
    insert.mockImplementationOnce((table) => {
      step('write row');
      insert.mockRestore();
      return ctx.db.insertInto(table as 'attachments') as never;
    });

    await givenUpload(ctx);

    expect(seen).toEqual(['write file', 'flush file', 'name file', 'flush folder', 'write row']);
  });

  test.each([
    ['write file', 'ENOSPC', 'storage-full', 'disk is full'],
    ['flush file', 'EIO', 'storage-broken', 'can’t write to its disk'],
    ['name file', 'EROFS', 'storage-broken', 'can’t write to its disk'],
    ['flush folder', 'EIO', 'storage-broken', 'can’t write to its disk'],
  ])('when the disk fails at “%s” (%s) it is refused in plain words and nothing stays', async (failing, ...[code, expected, words]) => {
    const { readdirSync } = await import('node:fs');
    const ctx = await testContext();
    refuse = { step: failing, code };

    const refused = givenUpload(ctx);

    await expect(refused).rejects.toMatchObject({ kind: 'unavailable', code: expected, message: expect.stringContaining(words) });
    expect(readdirSync(ctx.folder.attachments)).toEqual([]);
    expect(await ctx.db.selectFrom('attachments').select('id').execute()).toEqual([]);
    expect(seen).not.toContain('write row');
  });

  test('when the row can’t be written the file goes too', async () => {
    const { readdirSync } = await import('node:fs');
    const ctx = await testContext();
    vi.spyOn(ctx.db, 'insertInto').mockImplementationOnce(() => {
      throw new Error('database is gone');
    });

    await expect(givenUpload(ctx)).rejects.toThrow('database is gone');

    expect(readdirSync(ctx.folder.attachments)).toEqual([]);
  });
});
