import { held } from './held-database.ts';
import { reachedName } from './held-times.ts';
import { settled } from './settled.ts';

// The contacts on this phone: number to name, in IndexedDB, so that a search works without the desk.

const names = ['directory', 'meta'];

/** One number the phone holds. */
export interface HeldNumber {
  readonly digits: number;
  readonly label: string;
  readonly contactId: string;
}

/** Where the next sync goes on. */
export interface SyncPlace {
  readonly cursor: string;
  readonly count: number;
}

export function readPlace(): Promise<SyncPlace | undefined> {
  return held.read(names, (_entries, meta) => settled(meta.get('place') as IDBRequest<SyncPlace | undefined>));
}

/** Takes one page of the directory in, together with where the next begins: a sync that is cut goes on from there. */
export async function keepPage(page: {
  readonly startsAnew: boolean;
  readonly add: readonly (readonly [string, string, string])[];
  readonly remove: readonly string[];
  readonly cursor: string;
}): Promise<void> {
  await held.change(names, async (entries, meta) => {
    if (page.startsAnew) entries.clear();
    for (const digits of page.remove) entries.delete(Number(digits));
    for (const [digits, label, contactId] of page.add) entries.put({ digits: Number(digits), label, contactId } satisfies HeldNumber);
    const count = await settled(entries.count());
    meta.put({ cursor: page.cursor, count } satisfies SyncPlace, 'place');
    meta.put(new Date().toISOString(), reachedName);
  });
}

const numbersAtOnce = 2000;

function fits(one: HeldNumber, words: readonly string[]): boolean {
  const label = one.label.toLocaleLowerCase();
  const digits = String(one.digits);
  return words.every((word) => label.includes(word) || (/^\+?\d+$/u.test(word) && digits.includes(word.replace(/^(\+|00|0)/u, ''))));
}

/** Numbers whose label or digits hold every word typed, at most `most`. Reads a stretch at a time, so that many fit in memory. */
export async function searchHeld(typed: string, most: number): Promise<HeldNumber[]> {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const all = await held.read(names, async (entries) => {
    const found: HeldNumber[] = [];
    let after = 0;
    for (;;) {
      const stretch = await settled(entries.getAll(IDBKeyRange.lowerBound(after, true), numbersAtOnce) as IDBRequest<HeldNumber[]>);
      for (const one of stretch) if (fits(one, words)) found.push(one);
      const last = stretch.at(-1);
      if (last === undefined || stretch.length < numbersAtOnce || found.length >= most) return found.slice(0, most);
      after = last.digits;
    }
  });
  return all ?? [];
}
