// What stands in a name is shown on displays that obey every control character in it: U+202E writes the rest of the line
// from right to left, U+0007 rings a bell, a line separator hides the rest. Stored text stays as it was typed; whatever
// shows it shows this.

// Line breaks and other controls keep words apart, so a blank stands for them.
const controls = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
// Embeddings, overrides and isolates (Unicode 16, UAX #9) and what nobody can see. Joiners and the marks U+200E, U+200F
// and U+061C stay: scripts and emoji are wrong without them, and they turn no other letter round.
const turning = /(?![\u200c-\u200f\u061c])[\p{Cf}\ufffe\uffff]/gu;
const anyOfThem = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/u;

/** A text as it may stand on any display: one line, in the direction its letters have. */
export function shownText(text: string): string {
  // Nearly all names hold nothing of the kind.
  if (!anyOfThem.test(text)) return text;
  return text.replace(controls, ' ').replace(turning, '').replace(/ {2,}/gu, ' ').trim();
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The beginning of a text in at most so many UTF-16 units, never with half of what is seen as one character. */
export function shortText(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  // A character is short, whatever stands behind it.
  for (const { index, segment } of characters.segment(text.slice(0, most + 64))) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trim();
}
