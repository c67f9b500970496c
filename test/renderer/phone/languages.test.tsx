/** @jsxImportSource preact */
import 'fake-indexeddb/auto';
import { render, type ComponentChildren } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { words as guideGerman } from '#renderer/phone/setup/guide-words-de.ts';
import { words as guidePolish } from '#renderer/phone/setup/guide-words-pl.ts';
import { german } from '#renderer/phone/words/de.ts';
import { localeOf } from '#renderer/phone/words/language.ts';
import { polish } from '#renderer/phone/words/pl.ts';
import { answers, calls, names, news } from './desk-answers.ts';

test('the reader’s first language that the page speaks is chosen, with the region, and nothing Intl would refuse', () => {
  expect(localeOf(['fr-FR', 'pl-PL', 'de'])).toEqual({ language: 'pl', locale: 'pl-PL' });
  expect(localeOf(['de-Latn-AT-1996'])).toEqual({ language: 'de', locale: 'de-AT' });
  expect(localeOf(['en-US@posix'])).toEqual({ language: 'en', locale: 'en-US' });
  expect(localeOf(['DE'])).toEqual({ language: 'de', locale: 'de' });
  // Malagasy, and Slavey: other languages that begin with these letters.
  expect(localeOf(['plt', 'den-CA', 'uk'])).toEqual({ language: 'en', locale: 'en-GB' });
  expect(localeOf([])).toEqual({ language: 'en', locale: 'en-GB' });
});

test.each([
  [1, '1 Kontakt', '1 kontakt'],
  [2, '2 Kontakte', '2 kontakty'],
  [4, '4 Kontakte', '4 kontakty'],
  [5, '5 Kontakte', '5 kontaktów'],
  [12, '12 Kontakte', '12 kontaktów'],
  [22, '22 Kontakte', '22 kontakty'],
  [0, '0 Kontakte', '0 kontaktów'],
])('%i is counted as one counts in German and in Polish', (number, inGerman, inPolish) => {
  expect(german.chip.contacts(number, `${number}`, '')).toContain(inGerman);
  expect(polish.chip.contacts(number, `${number}`, '')).toContain(inPolish);
  expect(polish.calling.openTickets(number)).toMatch(/^\d+ otwart(?:e zgłoszenie|e zgłoszenia|ych zgłoszeń)$/u);
});

/** All that can be said with some words: functions are called with numbers of each plural form. */
function sayings(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function')
    return [1, 2, 5].flatMap((number) => sayings((words as (...given: unknown[]) => unknown)(number, '', { ago: '', reader: null })));
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(sayings) : [];
}

function lettersOf(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []));
}

/** Days and months as Intl writes them. */
function calendar(locale: string): string[] {
  const days = Array.from({ length: 366 }, (_, day) => new Date(2026, 0, 1 + day));
  const ways: Intl.DateTimeFormatOptions[] = [{ dateStyle: 'full', timeStyle: 'short' }, { day: 'numeric', month: 'short' }, { weekday: 'long' }];
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return [...ways.flatMap((way) => days.map((day) => day.toLocaleString(locale, way))), ago.format(-3, 'hour')];
}

/** Called the same everywhere. */
const brands = ['Doorline', 'iPhone', 'Android'];

const attributes = ['aria-label', 'title', 'placeholder', 'alt'] as const;

/** Everything the page says, also to those who hear it. */
function shown(): string[] {
  const elements = [...document.body.querySelectorAll('*')];
  const texts = elements.flatMap((element) =>
    [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? ''),
  );
  return [document.title, ...texts, ...elements.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''))];
}

const languages = [
  { tags: ['de-AT', 'en'], locale: 'de-AT', words: german, guide: guideGerman },
  { tags: ['fr', 'pl'], locale: 'pl', words: polish, guide: guidePolish },
] as const;

describe.each(languages)('a phone that is set to $tags.0, $tags.1', ({ tags, locale, words, guide }) => {
  const known = lettersOf([...sayings(words), ...sayings(guide), ...calendar(locale), ...brands, ...names]);
  /** How the desk answers; undefined: it is not there. */
  let isThere = true;
  let refusal: object | undefined;
  let isEmpty = false;

  beforeEach(() => {
    isThere = true;
    isEmpty = false;
    refusal = undefined;
    vi.resetModules();
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags);
    vi.stubGlobal('scrollTo', () => undefined);
    vi.stubGlobal('fetch', async (address: string, { method }: { readonly method: string }) => {
      await Promise.resolve();
      if (!isThere) throw new TypeError('Failed to fetch');
      if (refusal !== undefined && method !== 'GET') return Response.json(refusal, { status: 422 });
      const path = address.replace('/api/device/v1', '');
      if (isEmpty && path.includes('?')) return Response.json({ items: [], nextCursor: null });
      return Response.json(answers.find(([fits]) => fits.test(path))?.[1] ?? {});
    });
  });

  afterEach(async () => {
    render(null, document.body);
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name ?? '');
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    location.hash = '';
  });

  /** Fails at every word that is not of this language. */
  async function expectSpoken(): Promise<void> {
    await vi.waitFor(() => expect(document.querySelector('.waiting')).toBeNull());
    expect([...lettersOf(shown())].filter((word) => !known.has(word))).toEqual([]);
  }

  async function draw(what: ComponentChildren): Promise<void> {
    await act(() => render(what, document.body));
  }

  /** The paired phone, and its store. */
  async function opened() {
    const [{ Shell }, { PhoneProvider }, { createPhoneStore }, { keepKeys }] = await Promise.all([
      import('#renderer/phone/shell.tsx'),
      import('#renderer/phone/parts/use-phone.tsx'),
      import('#renderer/phone/device/phone-store.ts'),
      import('#renderer/phone/device/keys.ts'),
    ]);
    await keepKeys({ deviceId: 'd1', deviceToken: 't1', serverName: 'Hartmann' });
    const store = createPhoneStore();
    await store.loadMe();
    await draw(
      <PhoneProvider store={store}>
        <Shell />
      </PhoneProvider>,
    );
    return store;
  }

  async function goTo(place: string): Promise<void> {
    await act(() => {
      location.hash = `#/${place}`;
      dispatchEvent(new HashChangeEvent('hashchange'));
    });
  }

  async function press(selector: string): Promise<void> {
    await act(() => document.querySelector<HTMLElement>(selector)?.click());
  }

  async function type(selector: string, text: string): Promise<void> {
    const field = document.querySelector<HTMLInputElement>(selector);
    if (field === null) throw new Error(`There is no ${selector}.`);
    await act(() => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  test.each([
    'calls',
    'people',
    'tasks',
    'phone',
    'phone/setup',
    'people/p1',
    'calls/c1/ticket',
    ...calls.flatMap(({ id }) => [`calls/${id}`, `calls/${id}/outcome`]),
  ])('C23 says nothing in English on the screen %s', async (place) => {
    await opened();
    await goTo(place);

    await expectSpoken();
    expect(shown().join(' ').length).toBeGreaterThan(80);
  });

  test.each(['calls', 'people', 'tasks'])('C23 says nothing in English where there is nothing yet: %s', async (place) => {
    isEmpty = true;
    await opened();
    await goTo(place);
    await expectSpoken();
    await press('.segments button:last-child');
    await expectSpoken();
  });

  test.each(['calls', 'people', 'tasks', 'phone', 'phone/setup', 'people/p1', 'calls/c1', 'calls/c1/outcome'])(
    'C23 says nothing in English without the desk: %s',
    async (place) => {
      const store = await opened();
      isThere = false;
      store.setConnected(false);
      await act(() => store.sync());
      await goTo(place);
      await expectSpoken();
    },
  );

  test('C13 C23 a search, a sync and what waits say nothing in English', async () => {
    const store = await opened();
    await goTo('people');
    await type('input[type=search]', 'Xyzzy');
    await vi.waitFor(() => expect(document.body.textContent).toContain('Xyzzy'));
    await expectSpoken();
    await type('input[type=search]', 'Brandt');
    await vi.waitFor(() => expect(document.body.textContent).toContain('41'));
    await expectSpoken();
    await act(() => store.sync());
    await expectSpoken();

    await goTo('phone');
    await act(() => store.offerInstall(() => Promise.resolve()));
    for (const syncs of ['yes', 'installed', 'no'] as const) {
      await act(() => store.setSyncsWhileClosed(syncs));
      await expectSpoken();
    }
    isThere = false;
    await act(async () => {
      await store.submit({ path: '/tasks/t1/done', label: 'Xyzzy' });
    });
    await expectSpoken();
    isThere = true;
    refusal = { detail: 'Xyzzy' };
    await act(() => store.sendWaiting());
    expect(document.body.textContent).toContain('Xyzzy');
    await press('.button.danger');
    await expectSpoken();
  });

  test('C8 C10 a call that rings, is missed, or is withheld says nothing in English', async () => {
    const store = await opened();
    const withheld = { ...news, number: null, displayNumber: '', isWithheld: true, caller: null };
    const stranger = { ...news, caller: null };
    const candidates = ['Jonas', 'Marta', 'Brandt', 'Hartmann', 'Werk', ''].map((name, index) => ({ id: `p${index}`, name }));
    const shared = { ...news, caller: { ...news.caller, match: 'exact', contact: null, candidates } };
    for (const one of [news, withheld, stranger, shared]) {
      for (const state of ['ringing', 'answered', 'missed'] as const) {
        await act(() => store.take({ kind: 'call', data: { ...one, state } }));
        await expectSpoken();
        if (state === 'ringing' && one === news) {
          const amount = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(12_400);
          expect(document.querySelector('.calling')?.textContent).toContain(amount);
        }
      }
    }
  });

  test('C11 the forms say nothing in English when something is missing, kept or refused', async () => {
    await opened();
    await goTo('calls/c4/outcome');
    await vi.waitFor(() => expect(document.querySelector('.form')).not.toBeNull());
    await press('.form > .button');
    await press('[type=submit]');
    expect(document.querySelector('.problem')).not.toBeNull();
    await expectSpoken();
    await press('input[type=radio]');
    isThere = false;
    await press('[type=submit]');
    await vi.waitFor(() => expect(document.querySelector('.toast')).not.toBeNull());
    await expectSpoken();

    await goTo('calls/c1/ticket');
    await press('[type=submit]');
    await expectSpoken();
    isThere = true;
    refusal = { code: 'not-found', detail: 'This call was not found. It may have been removed.' };
    await type('.field input', 'Xyzzy');
    await press('[type=submit]');
    await vi.waitFor(() => expect(document.querySelector('.problem')).not.toBeNull());
    await expectSpoken();
  });

  test('C11 who does something else after a call is asked in no English', async () => {
    const store = await opened();
    await goTo('people');
    for (const state of ['ringing', 'ended'] as const) await act(() => store.take({ kind: 'call', data: { ...news, state } }));
    await vi.waitFor(() => expect(document.querySelector('.notice')).not.toBeNull());
    await expectSpoken();
  });

  test('C11 C12 what passes by says nothing in English', async () => {
    const store = await opened();
    await goTo('tasks');
    await vi.waitFor(() => expect(document.querySelector('.task input')).not.toBeNull());
    await press('.task input');
    await vi.waitFor(() => expect(document.querySelector('.toast button')).not.toBeNull());
    await expectSpoken();
    const broken = vi.spyOn(crypto, 'randomUUID').mockImplementation(() => {
      throw new TypeError('Cannot read properties of undefined');
    });
    await press('.task input');
    await vi.waitFor(() => expect(store.read().toast?.undo).toBeUndefined());
    broken.mockRestore();
    await expectSpoken();
  });

  test('C20 pairing and its end say nothing in English', async () => {
    const [{ PairingScreen }, { ErasedScreen }] = await Promise.all([
      import('#renderer/phone/pairing/pairing-screen.tsx'),
      import('#renderer/phone/screens/erased-screen.tsx'),
    ]);
    document.title = '';
    sessionStorage.clear();
    await draw(<PairingScreen secret={undefined} onPaired={() => undefined} />);
    await expectSpoken();
    await press('[type=submit]');
    await expectSpoken();

    const secret = { token: 'v539dcc00xe5rcf3r7ky4pmsw5', fingerprint: '' };
    const ends = [
      { status: 403, code: 'other-network' },
      { status: 429, code: 'pairing-locked' },
      { status: 410, code: 'pairing-gone' },
      { status: 500, code: 'internal' },
      { status: 0, code: '' },
    ];
    for (const { status, code } of ends) {
      await draw(null);
      vi.stubGlobal('fetch', async () => {
        await Promise.resolve();
        if (status === 0) throw new TypeError('Failed to fetch');
        return Response.json({ code, instance: '7', detail: 'What the desk says of it.' }, { status });
      });
      await draw(<PairingScreen secret={secret} onPaired={() => undefined} />);
      await vi.waitFor(() => expect(document.querySelector('[role=alert]')).not.toBeNull());
      await expectSpoken();
    }
    await draw(null);
    vi.stubGlobal('fetch', async (path: string) => {
      await Promise.resolve();
      return path === '/pair/claim' ? Response.json({ claimId: 'c1', code: '123456' }, { status: 202 }) : Response.json({}, { status: 425 });
    });
    await draw(<PairingScreen secret={secret} onPaired={() => undefined} />);
    await vi.waitFor(() => expect(document.querySelector('.code')).not.toBeNull());
    await expectSpoken();

    for (const reason of ['revoked', 'wipe'] as const) {
      for (const isDone of [false, true]) {
        await draw(<ErasedScreen reason={reason} isDone={isDone} />);
        await expectSpoken();
      }
    }
  });
});
