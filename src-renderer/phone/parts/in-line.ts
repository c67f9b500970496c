// Names and titles of others in a line of the page's own.

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Keeps a name that is written from right to left from turning the numbers behind it round (UAX #9, isolates). */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

const mostInLine = 40;

/** What is seen as one character each; older browsers tell code points only. */
function charactersOf(text: string): string[] {
  const { Segmenter } = Intl as Partial<Pick<typeof Intl, 'Segmenter'>>;
  if (Segmenter === undefined) return Array.from(text);
  return [...new Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}

/** A name beside other things in a line: whole as long as it leaves them room. */
export function inLine(text: string): string {
  if (text.length <= mostInLine) return isolated(text);
  // A character is short, however many units it takes; an endless name need not be read to its end.
  const characters = charactersOf(text.slice(0, 16 * mostInLine));
  return isolated(characters.length <= mostInLine ? text : `${characters.slice(0, mostInLine).join('').trimEnd()}…`);
}
