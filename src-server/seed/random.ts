/** Chance that always falls the same way: each record draws from its own stream, so that any record can be made alone. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32 by Tommy Ettinger (public domain), seeded with what the record is and which one. */
export function randomFor(kind: string, index: number): Random {
  let state = 0x9e3779b9;
  for (const letter of `${kind}:${index}`) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  next();

  return {
    next,
    below: (end) => Math.floor(next() * end),
    chance: (share) => next() < share,
    // Seed data never draws from an empty list.
    pick: <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)] as Item,
  };
}

const firstIdTime = Date.UTC(2025, 0, 1);

/** A UUIDv7 that is the same in every run and sorts by `index` among its kind. */
export function idOf(kind: string, index: number): string {
  const random = randomFor(`id-${kind}`, index);
  const time = (firstIdTime + index).toString(16).padStart(12, '0');
  const [one, two, three] = [random.below(0x1000), random.below(0x1_0000_0000), random.below(0x1_0000)];
  const four = 0x8000 | random.below(0x4000);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${one.toString(16).padStart(3, '0')}-${four.toString(16)}-${two.toString(16).padStart(8, '0')}${three.toString(16).padStart(4, '0')}`;
}
