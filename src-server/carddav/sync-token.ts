/**
 * How far a client has read a book. `seq` is the newest batch when it began; `place` is there while a reading that the
 * client limited goes on: the last card it was given.
 */
export interface SyncPlace {
  readonly epoch: number;
  readonly directoryId: number;
  readonly seq: number;
  readonly place: { readonly seq: number; readonly card: string } | undefined;
}

const prefix = 'urn:doorline:sync:';

/** Sync tokens must be URIs (RFC 6578, 6.2). The ctag is the same text. */
export function formatSyncToken({ epoch, directoryId, seq, place }: SyncPlace): string {
  const text = `${prefix}${epoch}-${directoryId}:${seq}`;
  return place === undefined ? text : `${text}:${place.seq}:${encodeURIComponent(place.card)}`;
}

/** Reads a token back; undefined when `formatSyncToken` did not make it. */
export function readSyncToken(text: string): SyncPlace | undefined {
  const parts = /^urn:doorline:sync:(\d{1,9})-(\d{1,9}):(\d{1,15})(?::(\d{1,15}):([\w.%~!*'()-]{1,700}))?$/u.exec(text);
  if (parts === null) return undefined;
  const [, epoch, directoryId, seq, placeSeq, card] = parts;
  const whole = { epoch: Number(epoch), directoryId: Number(directoryId), seq: Number(seq) };
  if (placeSeq === undefined || card === undefined) return { ...whole, place: undefined };
  try {
    return { ...whole, place: { seq: Number(placeSeq), card: decodeURIComponent(card) } };
  } catch {
    return undefined;
  }
}
