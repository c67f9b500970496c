/**
 * A place in a directory. `seq` is the batch a phone will be up to date with once it has read all pages; `page` is
 * there while pages are left: everything, or what changed after a batch, above a number.
 */
export interface DirectoryCursor {
  readonly epoch: number;
  readonly directoryId: number;
  readonly seq: number;
  readonly page: { readonly since: number | 'full'; readonly after: number } | undefined;
}

/** To phones a cursor is opaque; it holds nothing secret. */
export function formatCursor(cursor: DirectoryCursor): string {
  const place = `${cursor.epoch}.${cursor.directoryId}.${cursor.seq}`;
  return cursor.page === undefined ? place : `${place}.${cursor.page.since === 'full' ? 'f' : cursor.page.since}.${cursor.page.after}`;
}

/** Reads a cursor back; undefined when it was not made by `formatCursor`. */
export function readCursor(text: string): DirectoryCursor | undefined {
  const parts = /^(\d{1,9})\.(\d{1,9})\.(\d{1,15})(?:\.(f|\d{1,15})\.(\d{1,15}))?$/u.exec(text);
  if (parts === null) return undefined;
  const [, epoch, directoryId, seq, since, after] = parts;
  const page = since === undefined ? undefined : { since: since === 'f' ? ('full' as const) : Number(since), after: Number(after) };
  return { epoch: Number(epoch), directoryId: Number(directoryId), seq: Number(seq), page };
}
