/** A piece of a message: plain text, or an address that may be followed. */
export interface TextPiece {
  readonly text: string;
  readonly href?: string;
}

const address = /https?:\/\/[^\s<>"'`{}|\\^\p{C}]+/giu;
// What ends a sentence or a bracket belongs to the text around the address.
const trailing = /[.,;:!?)\]’”“]+$/u;

/** Cuts a message into text and web addresses. Only http and https become links. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const href = match[0].replace(trailing, '');
    if (!URL.canParse(href)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: href, href });
    end = match.index + href.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
