import { german } from './de.ts';
import { english, type Words } from './en.ts';
import { language, type Language } from './language.ts';
import { polish } from './pl.ts';

// A language is one typed object: a string that is missing or too much does not compile, and what has to be put
// together, a plural above all, is a function of that language. All three are part of the page, at about three kilobytes
// each: it needs none but its script to speak, also without the desk.

const wordsOf: Readonly<Record<Language, Words>> = { en: english, de: german, pl: polish };

/** What the page says, in the reader's language. */
export const words: Words = wordsOf[language];
