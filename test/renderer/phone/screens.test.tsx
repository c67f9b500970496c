/** @jsxImportSource preact */
import 'fake-indexeddb/auto';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { App } from '#renderer/phone/app.tsx';
import { erase } from '#renderer/phone/device/erase.ts';
import { keepKeys } from '#renderer/phone/device/keys.ts';
import { createPhoneStore } from '#renderer/phone/device/phone-store.ts';
import { answers, calls, news } from './desk-answers.ts';

// The whole page with a desk that answers as a real one does: what one sees, hears and reaches by keyboard.

/** How the desk answers one path otherwise; `undefined` is a desk that is not there. */
let otherwise: (path: string) => Response | null | undefined;
let asked: string[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  asked = [];
  otherwise = () => null;
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('fetch', async (address: string) => {
    await Promise.resolve();
    const path = address.replace('/api/device/v1', '');
    asked.push(path);
    const own = otherwise(path);
    if (own === undefined) throw new TypeError('Failed to fetch');
    return own ?? Response.json(answers.find(([fits]) => fits.test(path))?.[1] ?? {});
  });
  await keepKeys({ deviceId: 'd1', deviceToken: 't1', serverName: 'Hartmann' });
});

afterEach(async () => {
  render(null, document.body);
  location.hash = '';
  await erase({ confirms: false });
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function opened() {
  const store = createPhoneStore();
  await act(() => render(<App store={store} secret={undefined} />, document.body));
  await vi.waitFor(() => expect(store.read().lastSyncAt).toBeDefined());
  return store;
}

async function goTo(place: string): Promise<void> {
  await act(() => {
    location.hash = `#/${place}`;
    dispatchEvent(new HashChangeEvent('hashchange'));
  });
}

const find = (selector: string) => document.querySelector<HTMLElement>(selector);
const shows = (text: string | RegExp) => vi.waitFor(() => expect(document.body.textContent).toMatch(text));
const press = (selector: string) => act(() => find(selector)?.click());

async function type(selector: string, text: string): Promise<void> {
  await act(() => {
    const field = document.querySelector<HTMLInputElement>(selector);
    if (field === null) throw new Error(`There is no ${selector}.`);
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

describe('C26 who calls now', () => {
  const titles = () => [...document.querySelectorAll('.calling h2')].map(({ textContent }) => textContent);
  const second = { ...news, callId: 'c9', caller: null, displayNumber: '0170 7654321', startedAt: news.startedAt };

  test('is every call there is, the newest first, each until it ends', async () => {
    const store = await opened();
    for (const data of [news, second]) await act(() => store.take({ kind: 'call', data }));
    expect(titles()).toEqual(['0170 7654321', 'Jonas Brandt · Werk 2?']);

    await act(() => store.take({ kind: 'call', data: { ...second, state: 'missed' } }));

    expect(titles()).toEqual(['Jonas Brandt · Werk 2?']);
  });

  test('goes by itself when the desk never hears that it ended', async () => {
    const store = await opened();
    await act(() => store.take({ kind: 'call', data: { ...news, startedAt: new Date().toISOString() } }));
    expect(titles()).toHaveLength(1);

    await act(async () => {
      await vi.advanceTimersByTimeAsync(4 * 60_000);
    });

    expect(titles()).toEqual([]);
  });

  test('is there when the page is opened while one talks, as it was heard of last', async () => {
    const talking = { ...calls[0], state: 'answered', startedAt: new Date(Date.now() - 600_000).toISOString() };
    otherwise = (path) =>
      path.startsWith('/calls?limit=5') ? Response.json({ items: [talking, { ...talking, id: 'old', startedAt: '2026-01-01T00:00:00.000Z' }] }) : null;

    const store = await opened();

    await vi.waitFor(() => expect(find('.calling')?.getAttribute('aria-label')).toBe('On the phone'));
    expect(titles()).toHaveLength(1);
    await act(() => store.showPresent([{ ...news, callId: 'c1', state: 'ringing' }]));
    expect(find('.calling')?.getAttribute('aria-label')).toBe('On the phone');
  });
});

describe('C23 getting about', () => {
  test('whoever works by keyboard or by ear is at the heading of where they went, and the title says it', async () => {
    await opened();
    await goTo('tasks');
    expect([document.activeElement?.textContent, document.title]).toEqual(['Tasks', 'Tasks – Hartmann']);

    await goTo('people/p1');

    expect([document.activeElement?.textContent, document.title]).toEqual(['Contact', 'Contact – Hartmann']);
  });

  test('what was searched for stands there again after a look at what was found', async () => {
    await opened();
    await goTo('people');
    await type('input[type=search]', 'Brandt');
    await goTo('people/p1');
    await goTo('people');

    expect(document.querySelector<HTMLInputElement>('input[type=search]')?.value).toBe('Brandt');
    await vi.waitFor(() => expect([...document.querySelectorAll('output')].map(({ textContent }) => textContent)).toContain('3 found'));

    // Whoever went on to something else comes back to the calls themselves.
    await goTo('calls');
    await type('input[type=search]', 'Brandt');
    await goTo('calls/c1/outcome');
    await goTo('calls');
    expect(document.querySelector<HTMLInputElement>('input[type=search]')?.value).toBe('');
  });

  test('a page that was opened without the desk is as it should be once the desk is there', async () => {
    otherwise = () => undefined;
    const store = createPhoneStore();
    await act(() => render(<App store={store} secret={undefined} />, document.body));
    await goTo('phone');
    await vi.waitFor(() => expect(store.read()).toMatchObject({ isConnected: false, sync: { state: 'failed' }, me: undefined }));

    otherwise = () => null;
    await act(() => void dispatchEvent(new Event('online')));

    await shows('Pixel 10');
    await vi.waitFor(() => expect(store.read()).toMatchObject({ sync: { state: 'idle' }, lastSyncAt: expect.any(String) }));
    expect(document.body.textContent).not.toContain('was not reached');
  });

  test('what is gone for good is said, and not offered to be tried again', async () => {
    otherwise = (path) => (path === '/contacts/p9' ? Response.json({ code: 'not-found', detail: 'x' }, { status: 404 }) : null);
    await opened();
    await goTo('people/p9');

    await shows('This is not there any more.');
    expect(find('.empty .button')).toBeNull();
  });

  test('a screen that can’t be drawn takes nothing else away', async () => {
    otherwise = (path) => (path === '/contacts/p1' ? Response.json({ id: 'p1', name: 'Jonas Brandt' }) : null);
    await opened();
    await goTo('people/p1');
    await shows('Something went wrong. Try again.');

    otherwise = () => null;
    await goTo('tasks');
    await shows('Xyzzy 0');
    expect(find('nav.tabs')).not.toBeNull();
  });

  test('more missed calls than anybody counts are as many', async () => {
    const missed = Array.from({ length: 21 }, (_, index) => ({ ...calls[2], id: `m${index}`, startedAt: '2999-01-01T00:00:00.000Z' }));
    otherwise = (path) => (path.includes('missed=true') ? Response.json({ items: missed, nextCursor: null }) : null);
    await opened();
    await goTo('tasks');

    await vi.waitFor(() => expect(find('.badge')?.textContent).toBe('20+more than 20 missed'));
  });

  test('the page offers to be put on the home screen once the browser does, and asks once', async () => {
    const store = await opened();
    await goTo('phone');
    expect(document.body.textContent).not.toContain('home screen');
    const install = vi.fn(() => Promise.resolve());

    await act(() => store.offerInstall(install));
    await press('[aria-labelledby=install] button');

    expect(install).toHaveBeenCalledOnce();
    expect(find('[aria-labelledby=install]')).toBeNull();
  });
});

describe('C13 C23 the contacts on this phone', () => {
  const directory = {
    mode: 'full',
    add: [
      ['48221234567', 'Werk 2', 'k1'],
      ['491701234567', 'Jonas Brandt · Werk 2', 'p7'],
      ['491707654321', 'Jonas Brandt · Werk 2', 'p7'],
    ],
    remove: [],
    cursor: 'x',
    more: false,
    total: 3,
  };

  test('are counted as contacts, not as numbers', async () => {
    otherwise = (path) => (path.startsWith('/directory') ? Response.json(directory) : null);
    const store = await opened();

    await vi.waitFor(() => expect(store.read().held).toBe(2));
  });

  test('are found and opened without the desk, once each, with all their numbers', async () => {
    otherwise = (path) => (path.startsWith('/directory') ? Response.json(directory) : null);
    await opened();
    otherwise = () => undefined;
    await goTo('people');
    await type('input[type=search]', 'brandt');
    await vi.waitFor(() => expect(document.querySelectorAll('.rows .row')).toHaveLength(1));

    await goTo('people/p7');

    await shows(/Jonas Brandt.*Werk 2.*\+491701234567.*\+491707654321/su);
    expect(document.querySelectorAll('a[href^="tel:"]')).toHaveLength(2);
    // Whether tickets are open is not known here.
    expect(document.body.textContent).not.toContain('Nothing is open.');
  });
});

describe('C26 a ticket for a call', () => {
  test('is told with its number; without the desk it is kept, and sent once it is there', async () => {
    const store = await opened();
    otherwise = (path) => (path.endsWith('/ticket') ? Response.json({ id: 't1', number: 1041, subject: 'x' }, { status: 201 }) : null);
    await goTo('calls/c1/ticket');
    await type('.field input', 'Label line 3 stands still');
    await press('[type=submit]');
    await shows('Ticket 1041 is open');

    otherwise = () => undefined;
    await goTo('calls/c2/ticket');
    await type('.field input', 'The same again');
    await press('[type=submit]');
    await shows('Kept; it is sent when the desk can be reached');
    expect(store.read().queue).toMatchObject([{ path: '/calls/c2/ticket', label: 'The same again' }]);
    asked = [];
    otherwise = () => null;
    await act(() => store.sendWaiting());
    expect(asked.filter((path) => path.endsWith('/ticket'))).toEqual(['/calls/c2/ticket']);
  });
});
