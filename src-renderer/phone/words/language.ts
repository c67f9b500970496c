import type { SetupLanguage } from '#server/enrolment/enrolment.contract.ts';

/** The languages this page speaks. A new one is three files beside this, one in setup/, its code in the contract and its line in the manifest. */
export type Language = SetupLanguage;

const tagOfOurs = /^(en|pl|de)(?:-[a-z]{4})?(?:-([a-z]{2}))?(?![a-z0-9])/iu;

/** The reader's language and region as far as Intl is to know them: a browser may put things behind it that Intl refuses. */
export function localeOf(wanted: readonly string[]): { readonly language: Language; readonly locale: string } {
  for (const tag of wanted) {
    const [, code, region] = tagOfOurs.exec(tag) ?? [];
    if (code === undefined) continue;
    // The pattern allows these codes only.
    const language = code.toLowerCase() as Language;
    return { language, locale: region === undefined ? language : `${language}-${region.toUpperCase()}` };
  }
  // Whoever reads English for want of their own language is hardly in America.
  return { language: 'en', locale: 'en-GB' };
}

/** The first language of this phone that the page speaks; dates, numbers and money are written as there. */
export const { language, locale } = localeOf(navigator.languages);
