// Each number of parameters is a statement of its own, which the database keeps prepared: hundreds of them, with hundreds
// of parameters each, take more memory than the data. So lists come in few sizes.

/** Cuts a list into pieces whose lengths are powers of two. */
export function inPowersOfTwo<Item>(items: readonly Item[], largest = 128): Item[][] {
  const pieces: Item[][] = [];
  let at = 0;
  let size = largest;
  while (at < items.length) {
    while (size > items.length - at) size /= 2;
    pieces.push(items.slice(at, at + size));
    at += size;
  }
  return pieces;
}

/** Repeats the last item until the length is a power of two: for questions where twice the same changes nothing. */
export function paddedToPowerOfTwo<Item>(items: readonly Item[]): Item[] {
  const last = items.at(-1);
  if (last === undefined) return [];
  const length = 2 ** Math.ceil(Math.log2(items.length));
  return [...items, ...Array.from({ length: length - items.length }, () => last)];
}
