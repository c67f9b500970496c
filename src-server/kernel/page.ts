/** One page of a list. `nextCursor` is null on the last one. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** Packs the sort key of the last row into an opaque cursor. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a cursor back; undefined when it was not made by `encodeCursor` with `length` parts. */
export function decodeCursor(cursor: string, length: number): (string | number)[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const fits = Array.isArray(key) && key.length === length;
    return fits && key.every((part) => typeof part === 'string' || typeof part === 'number') ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Cuts `rows` (fetched with one more than `limit`) to a page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  shape: { readonly item: (row: Row) => Item; readonly key: (row: Row) => readonly (string | number)[] },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: shown.map(shape.item), nextCursor: hasMore ? encodeCursor(shape.key(last)) : null };
}
