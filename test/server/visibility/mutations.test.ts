import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '#test/support/test-context.ts';
import { canaries, crawl, customerWorld, type CustomerReader } from './customer-world.ts';

// Proof that the tests beside this one have teeth: each condition of the visibility query is taken out in turn, and the
// crawl that finds nothing hidden with the real one must then find something.

const original = path.resolve('src-server/tickets/customer-visibility.queries.ts');

/** The source without its nth condition, its brackets and all. */
function withoutCondition(source: string, nth: number): string {
  let start = -1;
  for (let found = 0; found < nth; found += 1) start = source.indexOf('.where(', start + 1);
  let depth = 0;
  for (let index = start + '.where'.length; index < source.length; index += 1) {
    if (source[index] === '(') depth += 1;
    if (source[index] === ')') depth -= 1;
    if (depth === 0) return source.slice(0, start) + source.slice(index + 1);
  }
  throw new Error(`There is no condition ${nth}.`);
}

/** The customers' service on a visibility that was changed. */
async function readerOn(source: string): Promise<CustomerReader> {
  const changed = path.join(temporaryFolder(), 'customer-visibility.queries.ts');
  writeFileSync(changed, source);
  vi.resetModules();
  vi.doMock('#server/tickets/customer-visibility.queries.ts', () => import(changed));
  return import('#server/tickets/customer-tickets.service.ts');
}

afterEach(() => {
  vi.doUnmock('#server/tickets/customer-visibility.queries.ts');
  vi.resetModules();
});

test.each([
  ['that the ticket is released', 1, [canaries.unreleased]],
  ['whose the ticket is', 2, ['zqbeatext', 'zqadamtext', 'zqbeafile', 'zqnobody']],
  ['that the conversation’s inbox is connected', 3, [canaries.unconnected]],
  ['that only the newest conversation shows', 4, [canaries.olderThread, canaries.olderFile]],
])('without the condition %s something hidden is seen', async (_condition, ...[nth, hidden]) => {
  const reader = await readerOn(withoutCondition(readFileSync(original, 'utf8'), nth));
  const world = await customerWorld();

  const seen = await crawl(reader, world, world.people.anna);

  for (const canary of hidden) expect(seen).toContain(canary);
});

test('unchanged, the same crawl through the same detour sees nothing hidden', async () => {
  const reader = await readerOn(readFileSync(original, 'utf8'));
  const world = await customerWorld();

  const seen = await crawl(reader, world, world.people.anna);

  expect(seen).toContain('zqannatext');
  for (const canary of [...Object.values(canaries), 'zqbea', 'zqadam', 'zqnobody']) expect(seen).not.toContain(canary);
});
