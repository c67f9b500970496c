import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});
const Lock = z.object({ packages: z.record(z.string(), z.looseObject({ hasInstallScript: z.boolean().optional(), optional: z.boolean().optional() })) });

const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const versions = { ...manifest.dependencies, ...manifest.devDependencies };

/** The packages of the tables: the first column of each row. */
function explained(): string[] {
  const rows = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8').matchAll(/^\| (?!package|-)([^|]+) \|/gmu);
  return [...rows].flatMap((row) => (row[1] ?? '').split(', '));
}

describe('the packages this is built of', () => {
  test('are each explained, and nothing else is', () => {
    expect(explained().toSorted()).toEqual(Object.keys(versions).toSorted());
  });

  test('are pinned to exact versions', () => {
    for (const [name, version] of Object.entries(versions)) expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/u)]);
  });

  test('run no install script that is not decided on by name', () => {
    const lock = Lock.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
    const scripted = Object.entries(lock.packages).flatMap(([place, about]) => (about.hasInstallScript === true ? [place.split('node_modules/').at(-1)] : []));
    expect(scripted.length).toBeGreaterThan(0);
    for (const name of scripted) expect(Object.keys(manifest.allowScripts)).toContain(name);
    expect(Object.entries(manifest.allowScripts).flatMap(([name, isAllowed]) => (isAllowed ? [name] : []))).toEqual(['node']);
  });
});
