import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLocales, preferredLanguage } from '#server/locales/locales.ts';
import { visitorTimes } from '#server/portal/visitor-times.ts';
import { givenMember } from '#test/support/member-builders.ts';
import { givenOpenPortal, portalVisitor } from '#test/support/portal-visitor.ts';
import { temporaryFolder } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

const folder = path.join(import.meta.dirname, '../../../resources/locales');

type Texts = { readonly [key: string]: string | Texts };

function textsOf(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [[prefix + key, value]] : [...textsOf(value, `${prefix}${key}.`)])),
  );
}

function readTexts(language: string): Map<string, string> {
  return textsOf(JSON.parse(readFileSync(path.join(folder, language, 'portal.json'), 'utf8')));
}

const forms = /_(?:zero|one|two|few|many|other)$/u;
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/gu))].sort();

describe('the texts', () => {
  const english = readTexts('en');
  const englishKeys = new Set([...english.keys()].map((key) => key.replace(forms, '')));

  test.each(readdirSync(folder).filter((language) => language !== 'en'))(
    '%s says everything English says, with every plural form and placeholder, and nothing else',
    (language) => {
      const texts = readTexts(language);
      const wantedForms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;

      expect(new Set([...texts.keys()].map((key) => key.replace(forms, '')))).toEqual(englishKeys);
      for (const [key, text] of texts) {
        const base = key.replace(forms, '');
        const original = english.get(base) ?? english.get(`${base}_other`) ?? '';
        expect(placeholders(text), key).toEqual(placeholders(original));
        if (base !== key) for (const form of wantedForms) expect(texts.has(`${base}_${form}`), `${base}_${form}`).toBe(true);
      }
    },
  );

  test('no text exclaims', () => {
    for (const language of readdirSync(folder)) for (const [key, text] of readTexts(language)) expect(text, `${language} ${key}`).not.toContain('!');
  });

  test('a language is added by adding its file; what it lacks is said in English; right-to-left is known', () => {
    const own = temporaryFolder();
    for (const language of ['en', 'ar']) mkdirSync(path.join(own, language));
    writeFileSync(path.join(own, 'en/portal.json'), readFileSync(path.join(folder, 'en/portal.json')));
    writeFileSync(path.join(own, 'ar/portal.json'), JSON.stringify({ language: { name: 'العربية' }, signIn: { title: 'تسجيل الدخول' } }));

    const locales = openLocales(own);
    const arabic = locales.translatorFor('ar');

    expect(locales.languages).toEqual([
      { code: 'ar', name: 'العربية' },
      { code: 'en', name: 'English' },
    ]);
    expect([arabic.direction, arabic.t('signIn.title'), arabic.t('signIn.email')]).toEqual(['rtl', 'تسجيل الدخول', 'E-mail address']);
    expect(locales.translatorFor('ar-EG').language).toBe('ar');
    expect(locales.translatorFor('xx').language).toBe('en');
  });

  test('a file that is no JSON is named', () => {
    const own = temporaryFolder();
    mkdirSync(path.join(own, 'en'));
    writeFileSync(path.join(own, 'en/portal.json'), '{');

    expect(() => openLocales(own)).toThrow('resources/locales/en/portal.json can’t be read');
  });

  test('what people typed is never taken for a text of ours', () => {
    const { t } = openLocales(folder).translatorFor('en');

    expect(t('list.noMatchText', { search: '$t(signIn.title) {{search}}' })).toContain('“$t(signIn.title) {{search}}”');
  });
});

test.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['fr-FR,fr;q=0.9,pl;q=0.8,en;q=0.7', 'pl'],
  ['en;q=0.1, pl;q=0.9', 'pl'],
  ['pl;q=0, de', 'de'],
  ['fr, it', 'en'],
  ['*', 'en'],
  [undefined, 'en'],
  [';;;q=,,=', 'en'],
])('a browser that asks for %s is spoken to in %s', (header, language) => {
  expect(preferredLanguage(header, ['en', 'pl', 'de'], 'en')).toBe(language);
});

describe('the portal', () => {
  test('speaks the language the visitor chose, before and after signing in, and stays on the page', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server, { language: 'en' });
    await visitor.get('/forgotten');

    const chosen = await visitor.post('/language', { language: 'pl' }, { headers: { referer: 'https://desk.example.lan/support/forgotten' } });
    expect(chosen.headers.location).toBe('/support/forgotten');
    expect((await visitor.get('/forgotten')).body).toContain('Ustaw nowe hasło');
    await visitor.signIn(member.email);

    expect((await visitor.get('/tickets')).body).toContain('Moje zgłoszenia');
    for (const referer of ['https://evil.example/support/tickets', 'nonsense', 'https://desk.example.lan/other']) {
      expect((await visitor.post('/language', { language: 'de' }, { headers: { referer } })).headers.location).toBe('/support/');
    }
  });

  test('speaks no language the manager did not choose', async () => {
    const server = await testServer();
    await givenOpenPortal(server, { languages: ['de'], defaultLanguage: 'de' });
    const visitor = portalVisitor(server, { language: 'en' });

    const page = await visitor.get('/sign-in');
    await visitor.post('/language', { language: 'en' });

    expect(page.body).toContain('lang="de"');
    expect(page.body).not.toContain('/language"');
    expect((await visitor.get('/sign-in')).body).toContain('lang="de"');
  });

  test('counts as Polish does', async () => {
    const { t } = openLocales(folder).translatorFor('pl');

    const minutes = [1, 2, 5, 22].map((count) => /\d+ minut\p{L}*/u.exec(t('signIn.throttled', { count }))?.[0]);
    expect(minutes).toEqual(['1 minutę', '2 minuty', '5 minut', '22 minuty']);
  });
});

describe('times', () => {
  const times = visitorTimes({ language: 'en-GB', zone: 'Europe/Warsaw', now: new Date('2026-03-02T09:00:00Z') });

  test.each([
    ['2026-03-02T08:15:00.000Z', 'today, 09:15'],
    ['2026-03-01T23:30:00.000Z', 'today, 00:30'],
    ['2026-03-01T22:30:00.000Z', 'yesterday'],
    ['2026-01-15T12:00:00.000Z', '15 January'],
    ['2025-12-31T23:30:00.000Z', '1 January'],
    ['2025-11-03T12:00:00.000Z', '3 Nov 2025'],
  ])('%s reads %s', (iso, words) => {
    expect(times.short(iso)).toBe(words);
  });

  test('yesterday is the day before, also when a day has 23 hours', () => {
    const afterChange = visitorTimes({ language: 'de-DE', zone: 'Europe/Berlin', now: new Date('2026-03-29T22:30:00Z') });

    expect(afterChange.short('2026-03-29T20:00:00.000Z')).toBe('gestern');
  });
});
