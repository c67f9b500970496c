/**
 * Picks the form of a word that goes with a number. German and English have two, Polish has three (1, 2–4, and the
 * rest, but 22 is as 2); a language names the ones it has.
 */
export function pluralsOf<Rule extends Intl.LDMLPluralRule>(language: string) {
  const rules = new Intl.PluralRules(language);
  // Whole numbers are counted here, and these come in the rules the language names.
  return (number: number, forms: Readonly<Record<Rule, string>>): string => forms[rules.select(number) as Rule];
}
