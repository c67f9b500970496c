import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance } from 'i18next';
import { programFolder } from '../config/program-folder.ts';
import type english from '../../resources/locales/en/portal.json';

// Every text that customers read, in pages and in mails. A language is one file, resources/locales/<language>/portal.json:
// what lies there when the server starts can be chosen, and what a file lacks is said in English.

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : Key;
type KeysOf<Texts, Prefix extends string = ''> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? `${Prefix}${WithoutPlural<Key>}` : KeysOf<Texts[Key], `${Prefix}${Key}.`>;
}[keyof Texts & string];

/** Names one text, e.g. `signIn.title`. A text that depends on a number is named without its plural form. */
export type TextKey = KeysOf<typeof english>;

export type TextValues = Readonly<Record<string, string | number>>;

/** Speaks one language. */
export interface Translator {
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** The text, its `{{placeholders}}` filled in as they are: whoever shows it escapes it. */
  readonly t: (this: void, key: TextKey, values?: TextValues) => string;
}

export interface PortalLanguage {
  readonly code: string;
  /** As its own speakers write it. */
  readonly name: string;
}

// The one language whose file is complete by definition: the keys are typed by it.
const fallback = 'en';
const rightToLeft = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

interface Catalogue extends PortalLanguage {
  readonly texts: object;
}

function readCatalogue(folder: string, code: string): Catalogue | undefined {
  try {
    const texts = JSON.parse(readFileSync(path.join(folder, code, 'portal.json'), 'utf8')) as { language?: { name?: string } };
    return { code, name: texts.language?.name ?? code, texts };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`resources/locales/${code}/portal.json can’t be read. Mend it or remove it.`, { cause: error });
  }
}

function readCatalogues(folder: string): Catalogue[] {
  return readdirSync(folder)
    .map((code) => readCatalogue(folder, code))
    .filter((catalogue) => catalogue !== undefined);
}

/** The languages of a folder like resources/locales, ready to speak. */
export function openLocales(folder: string) {
  const catalogues = readCatalogues(folder);
  const i18n = createInstance();
  void i18n.init({
    initAsync: false,
    fallbackLng: fallback,
    defaultNS: 'portal',
    resources: Object.fromEntries(catalogues.map(({ code, texts }) => [code, { portal: texts }])),
    // Preact escapes what pages show and mails are plain text, so escaping here would be once too often.
    interpolation: { escapeValue: false },
  });
  const languages: readonly PortalLanguage[] = catalogues.map(({ code, name }) => ({ code, name }));
  const translators = new Map<string, Translator>();

  function makeTranslator(language: string): Translator {
    const say = i18n.getFixedT(language, 'portal');
    // Most texts depend on nothing, and a page has dozens: those are looked up once.
    const plain = new Map<TextKey, string>();
    function sayPlain(key: TextKey): string {
      const known = plain.get(key);
      if (known !== undefined) return known;
      const text = say(key);
      plain.set(key, text);
      return text;
    }
    return {
      language,
      direction: rightToLeft.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr',
      t: (key, values) => (values === undefined ? sayPlain(key) : say(key, values)),
    };
  }
  for (const { code } of languages) translators.set(code, makeTranslator(code));

  return {
    languages,
    /** Speaks `language`, or English when there is no file for it. */
    translatorFor: (language: string): Translator => {
      const translator = translators.get(language) ?? translators.get(language.split('-')[0] ?? '') ?? translators.get(fallback);
      if (translator === undefined) throw new Error('resources/locales/en/portal.json is missing; Doorline is not installed completely.');
      return translator;
    },
  };
}

const installed = openLocales(path.join(programFolder(), 'resources', 'locales'));

export const portalLanguages = installed.languages;
export const translatorFor = installed.translatorFor;

/**
 * The language to speak: the first of Accept-Language (RFC 9110, 12.5.4) that is offered, by its full tag or its first
 * part; else the fallback.
 */
export function preferredLanguage(header: string | undefined, offered: readonly string[], otherwise: string): string {
  const wishes = (header ?? '')
    .slice(0, 300)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)/u.exec(parameter)?.[1]).find((value) => value !== undefined);
      return { tag: tag.trim().toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((wish) => wish.weight > 0)
    .sort((left, right) => right.weight - left.weight);
  for (const { tag } of wishes) {
    const found = offered.find((code) => code.toLowerCase() === tag) ?? offered.find((code) => code.toLowerCase() === tag.split('-')[0]);
    if (found !== undefined) return found;
  }
  return otherwise;
}
