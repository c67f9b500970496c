// What people type around a telephone number: other scripts' digits, labels, extensions, several numbers in one field.
// Everything here is about text; what a number means is decided in phone-number.ts.

// The zeros of the scripts whose digits people type. A digit's value is its distance from its zero.
const zeros = [0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810];

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = zeros.find((candidate) => code >= candidate && code < candidate + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** The same text in plain ASCII digits, plus signs, hyphens and blanks; what can't be seen is gone. */
export function plainText(raw: string): string {
  // What is typed is nearly always plain already.
  const isPlain = /^[\x20-\x7e]*$/u.test(raw);
  const folded = isPlain
    ? raw
    : raw
        .replace(/[\u00B2\u00B3\u00B9\u2070-\u209F]/gu, '')
        .normalize('NFKC')
        .replace(/\p{Nd}/gu, asciiDigit)
        .replace(/\p{Cf}/gu, '')
        .replace(/[\p{Pd}\u2212]/gu, '-')
        .replace(/[·•∙]/gu, ' ')
        .replace(/\s/gu, ' ');
  return withoutSpreadsheetMarks(folded.trim()).replace(/^\+(?:\s*\+)+/u, '+');
}

/** Spreadsheets mark text by an apostrophe or a formula, and turn whole numbers into decimals. */
function withoutSpreadsheetMarks(text: string): string {
  const formula = /^="(.*)"$/u.exec(text)?.[1];
  const bare = (formula ?? text).replace(/^['"]+|['"]+$/gu, '').trim();
  // 600,100,200 is a number to a spreadsheet of the English-speaking world.
  const ungrouped = /^\+?\d{1,3}(?:,\d{3}){2,4}$/u.test(bare) ? bare.replaceAll(',', '') : bare;
  return ungrouped.replace(/^(\+?\d{7,15})[.,]0{1,2}$/u, '$1');
}

export function digitsOf(text: string): string {
  return text.replace(/\D/gu, '');
}

/** `4,85E+10`: a spreadsheet's way to show a number that is too wide for its column. */
export function scientificNumber(text: string): { readonly digits: string; readonly exponent: number } | undefined {
  const found = /^\+?(\d)(?:[.,](\d+))?\s?e\s?\+?(\d{1,2})$/iu.exec(text);
  if (found === null) return undefined;
  return { digits: `${found[1] ?? ''}${found[2] ?? ''}`, exponent: Number(found[3]) };
}

const withheldMarkers =
  /^(?:anonymous|anonym(?:owy)?|restricted|private?(?: number)?|prywatny|privat|unknown|nieznany|unbekannt|unavailable|not available|withheld|zastrze[żz]ony|numer zastrze[żz]ony|unterdr[üu]e?ckt|ukryty|hidden|blocked|no caller ?id|clir|prohib[\p{L}_]*|out of area|asserted|0|\+?266696687)$/iu;

/** What phones and phone systems say instead of a number; 266696687 is “anonymous” typed on the keypad. */
export function isWithheld(plain: string): boolean {
  const user = /sips?:([^@;>]*)/iu.exec(plain)?.[1] ?? plain;
  const word = user.replace(/^[<("\s]+|[>)"\s]+$/gu, '');
  return word === '' || withheldMarkers.test(word) || withheldMarkers.test(word.replace(/[\s()-]/gu, ''));
}

/** The number inside a `sip:` or `callto:` address; `tel:` (RFC 3966) is read with its parameters. */
export function withoutUri(plain: string): string {
  const sip = /(?:sips?|callto):([^@;>]+)/iu.exec(plain)?.[1];
  if (sip !== undefined) return decodeEscapes(sip);
  const tel = /\btel:([^;>]+)([^>]*)/iu.exec(plain);
  if (tel === null) return plain;
  const parameter = (name: string) => new RegExp(`;${name}=([^;]+)`, 'iu').exec(tel[2] ?? '')?.[1];
  const context = parameter('phone-context');
  const subscriber = decodeEscapes(tel[1] ?? '');
  const number = context !== undefined && /^\+\d+$/u.test(context) && !subscriber.startsWith('+') ? `${context}${subscriber}` : subscriber;
  const extension = parameter('ext');
  return extension === undefined ? number : `${number} ext. ${extension}`;
}

function decodeEscapes(text: string): string {
  return text.replace(/%([0-7][\da-f])/giu, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** Without a leading code that hides the caller or forwards the call: `*31#`, `#31#`, `*67`, `**21*…#`. */
export function withoutFeatureCodes(plain: string): string {
  return plain
    .replace(/^(?:[*#]{1,2}\d{2,3}[*#]\s*)+(?=\+?\d)/u, '')
    .replace(/^\*\d{2}\s*(?=\+?[\d(][\d\s().-]{6,}$)/u, '')
    .replace(/(\d)#$/u, '$1');
}

const extensionWords = [
  'wewn?(?:[ęe]trzny)?\\.?',
  'w\\.',
  'durchwahl',
  'dw\\.?',
  'app(?:arat)?\\.?',
  'nebenstelle',
  'nst\\.?',
  'kl(?:appe)?\\.?',
  'ext(?:n|ension)?\\.?',
  'extensi[oó]n',
  'x',
  'poste',
  'anexo',
  'int(?:ern|erno)?\\.?',
  'доб\\.?',
].join('|');
const extensionSource = `(?:^|[\\s,;(]|(?<=[\\d)]))(?:nr\\s+)?(?:(?:${extensionWords})\\s*[:.=-]?|#)\\s*(\\d{1,6})(?!\\d)\\)?`;
const extensionAtEnd = new RegExp(`${extensionSource}\\s*$`, 'iu');
const extensionNext = new RegExp(`\\s*${extensionSource}`, 'iuy');

/** Takes an extension in any of the usual words off the end. */
export function takeExtension(plain: string): { readonly rest: string; readonly extension: string | null } {
  const found = extensionAtEnd.exec(plain);
  return found === null ? { rest: plain, extension: null } : { rest: plain.slice(0, found.index).trim(), extension: found[1] ?? null };
}

/** The runs of text that could each be a number, with where they stand. */
export function numberRuns(plain: string): { readonly text: string; readonly digits: number; readonly end: number }[] {
  return [...plain.matchAll(/(?:\+\s*)?\(?\+?\d(?:[\d\s().\-/]*\d)?/gu)].map((found) => ({
    text: found[0],
    digits: digitsOf(found[0]).length,
    end: found.index + found[0].length,
  }));
}

const keypad: Readonly<Record<string, string>> = Object.fromEntries(
  ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'].flatMap((letters, index) => letters.split('').map((letter) => [letter, String(index + 2)])),
);

/** `1-800-FLOWERS` in digits. Undefined when the letters are words rather than keys. */
export function vanityDigits(plain: string): string | undefined {
  if (!/^[+(]?\d[\d\s().-]*[A-Z][A-Z\d\s().-]*$/u.test(plain) || !/[A-Z]{3}/u.test(plain)) return undefined;
  return plain.replace(/[A-Z]/gu, (letter) => keypad[letter] ?? letter);
}

// A semicolon, a line break or Google's ::: always separates, a word between numbers too. Parameters of a tel: or sip: address stay,
// and a few digits behind the last semicolon are what is dialled inside.
const hardSeparators =
  /[\r\n\t|｜]+|\s*:::\s*|[;；](?!\s*(?:ext|isub|phone-context|user|transport|tag|cpc|oli)\s*=)(?!(?<=(?:\d[\s().-]*){7}[;；])\s*\d{1,4}\s*$)|(?<=\d[\s)]*)\s(?:lub|albo|oraz|oder|und|or|and|i|et|ou|y|или|и)\s(?=[^;]*\d{3})|\s&\s|(?<=(?:\d[\s().-]*){7})(?=[+＋]\d)/iu;

/** Cuts a field where one number certainly ends and another begins. Pieces without a digit stay with the one before. */
export function hardPieces(raw: string): string[] {
  const pieces: string[] = [];
  for (const piece of raw.split(hardSeparators)) {
    if (piece.trim() === '') continue;
    const hasDigit = /\p{Nd}/u.test(piece);
    if (hasDigit || pieces.length === 0) pieces.push(piece.trim());
    else pieces[pieces.length - 1] = `${pieces.at(-1) ?? ''} ${piece.trim()}`;
  }
  // A leading label belongs to the number that follows it.
  const [first, second, ...others] = pieces;
  if (first !== undefined && second !== undefined && !/\p{Nd}/u.test(first)) return [`${first} ${second}`, ...others];
  return pieces;
}

/** Ways to cut a piece in two where it may hold two numbers: at a comma or slash, between words, between blanks. */
export function possibleCuts(piece: string): [string, string][] {
  const cuts: [string, string][] = [];
  for (const found of piece.matchAll(/\s*[,，/／]\s*|\s+-\s+/gu)) cuts.push([piece.slice(0, found.index), piece.slice(found.index + found[0].length)]);
  const runs = numberRuns(piece).filter((run) => run.digits >= 7);
  if (runs.length > 1 && runs[0] !== undefined) {
    extensionNext.lastIndex = runs[0].end;
    const end = extensionNext.test(piece) ? extensionNext.lastIndex : runs[0].end;
    cuts.push([piece.slice(0, end), piece.slice(end)]);
  }
  if (digitsOf(piece).length > 13)
    for (const found of piece.matchAll(/\s+/gu)) cuts.push([piece.slice(0, found.index), piece.slice(found.index + found[0].length)]);
  return cuts.map(([left, right]): [string, string] => [left.trim(), right.trim()]).filter(([left, right]) => left !== '' && right !== '');
}
