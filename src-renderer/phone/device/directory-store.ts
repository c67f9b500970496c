import { held } from './held-database.ts';
import { reachedName } from './held-times.ts';
import { settled } from './settled.ts';

// The contacts on this phone: number to name, in IndexedDB, so that a search works without the desk.

const names = ['directory', 'meta'];
const contactsName = 'contacts';

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

/** Goes through all numbers held, a stretch at a time, so that many fit in memory, until `look` has enough. */
async function walk(entries: IDBObjectStore, look: (stretch: readonly HeldNumber[]) => 'enough' | undefined): Promise<void> {
  let after = 0;
  for (;;) {
    const stretch = await settled(entries.getAll(IDBKeyRange.lowerBound(after, true), numbersAtOnce) as IDBRequest<HeldNumber[]>);
    const last = stretch.at(-1);
    if (look(stretch) === 'enough' || last === undefined || stretch.length < numbersAtOnce) return;
    after = last.digits;
  }
}

/** Notes how many contacts the numbers belong to, once a sync changed them: one may have several. */
export async function countContacts(): Promise<void> {
  await held.changeIfThere(names, async (entries, meta) => {
    const ids = new Set<string>();
    await walk(entries, (stretch) => {
      for (const { contactId } of stretch) ids.add(contactId);
      return undefined;
    });
    meta.put(ids.size, contactsName);
  });
}

/** How many contacts are on this phone, as of the last sync that ended. */
export function readContactCount(): Promise<number | undefined> {
  return held.read(names, (_entries, meta) => settled(meta.get(contactsName) as IDBRequest<number | undefined>));
}

/** All numbers of one contact. */
export async function numbersOf(contactId: string): Promise<readonly HeldNumber[]> {
  const own: HeldNumber[] = [];
  await held.read(names, (entries) =>
    walk(entries, (stretch) => {
      own.push(...stretch.filter((one) => one.contactId === contactId));
      return undefined;
    }),
  );
  return own;
}

function fits(one: HeldNumber, words: readonly string[]): boolean {
  const label = one.label.toLocaleLowerCase();
  const digits = String(one.digits);
  return words.every((word) => label.includes(word) || (/^\+?\d+$/u.test(word) && digits.includes(word.replace(/^(\+|00|0)/u, ''))));
}

/** Numbers whose label or digits hold every word typed, at most `most`. */
export async function searchHeld(typed: string, most: number): Promise<HeldNumber[]> {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const found: HeldNumber[] = [];
  await held.read(names, (entries) =>
    walk(entries, (stretch) => {
      found.push(...stretch.filter((one) => fits(one, words)));
      return found.length < most ? undefined : 'enough';
    }),
  );
  return found.slice(0, most);
}
