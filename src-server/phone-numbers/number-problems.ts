/** Why a number can't be read. The codes are stable: they are stored. */
export type NumberProblemCode =
  | 'no-number'
  | 'excel-damaged'
  | 'lost-plus'
  | 'lost-zero'
  | 'letters-for-digits'
  | 'abbreviated'
  | 'too-short'
  | 'too-long'
  | 'unknown-range'
  | 'unknown-country';

const explanations: Readonly<Record<NumberProblemCode, string>> = {
  'no-number': 'There is no telephone number in this field.',
  'excel-damaged':
    'A spreadsheet has rounded this number and its last digits are lost. Look it up and type it again; before the next export, format the column as text.',
  'lost-plus': 'It looks like an international number that has lost its plus sign, as happens in spreadsheets.',
  'lost-zero': 'It looks like a number that has lost its leading zero, as happens in spreadsheets.',
  'letters-for-digits': 'There are letters where digits should be, such as O for 0 or l for 1.',
  abbreviated: 'It is written short for a second number that differs from the one before only in its last digits.',
  'too-short': 'It has too few digits. The area code may be missing.',
  'too-long': 'It has too many digits. Two numbers may have run together.',
  'unknown-range': 'No such number is known in its country. A digit may be wrong or missing.',
  'unknown-country': 'No country has this calling code.',
};

/** The problem in words, with what to do. */
export function explainNumberProblem(code: string | null): string {
  return explanations[(code ?? 'no-number') as NumberProblemCode] ?? explanations['no-number'];
}
