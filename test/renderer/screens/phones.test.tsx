import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { stateOf } from '#renderer/console/screens/phones/device-state.tsx';
import type { Device, DeviceRequest, DeviceTrace } from '#server/devices/devices.contract.ts';
import { aDevice } from '#test/support/console-builders.ts';
import { refusal } from '#test/support/fake-server.ts';
import { givenALayout, openConsole } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const anHourAgo = '2026-11-23T11:00:00.000Z';
const threeDaysAgo = '2026-11-20T12:00:00.000Z';

const book: NonNullable<Device['addressBook']> = {
  client: 'iOS/27.0',
  signedInAt: threeDaysAgo,
  bookSeenAt: threeDaysAgo,
  readAt: anHourAgo,
  cards: 812,
  cardsInScope: 812,
  emptiedAt: null,
};
const synced = { lastSyncAt: anHourAgo, createdAt: threeDaysAgo, changesBehind: 0, addressBook: null } as const;

describe('C20 the state of a phone, in a word', () => {
  test.each<[string, string, Partial<Device>]>([
    ['a phone whose page read everything is in sync', 'In sync', {}],
    ['a phone whose own contacts read everything is in sync', 'In sync', { lastSyncAt: null, addressBook: book }],
    ['a phone with changes to fetch is behind, which mends itself', 'Behind', { changesBehind: 3 }],
    ['a phone that was paired and left alone never synced', 'Never synced', { trouble: 'never-read' }],
    ['a phone that read nothing for two days is silent', 'Silent for 2 days', { trouble: 'silent' }],
    ['an account that reads no book is not ticked', 'Not ticked', { trouble: 'not-ticked' }],
    ['a phone whose lease is over gets nothing until it is renewed', 'Lease over', { trouble: 'lease-over' }],
    ['a phone whose account was stopped waits for its owner', 'Account stopped', { trouble: 'account-stopped' }],
    ['a lease that ends soon is told while there is time', 'Ends soon', { trouble: 'lease-ending' }],
    ['a phone that was not back since the certificate changed has the old one', 'Old certificate', { trouble: 'old-certificate' }],
    [
      'a phone whose account two use is brought up before all else',
      'Account shared',
      { trouble: 'account-shared', accountSharing: { at: anHourAgo, sentence: 'Two addresses read it.' } },
    ],
    ['a phone whose contacts nobody may see has none', 'No contacts', { contactsInScope: 0, contactsSynced: 0 }],
    ['a phone to be wiped is not confirmed until it says so', 'Not confirmed', { state: 'wiping' }],
    ['nor when only its contacts app fetched the empty book', 'Partly confirmed', { state: 'wiping', addressBook: { ...book, emptiedAt: anHourAgo } }],
    ['nor when only its page said so', 'Partly confirmed', { state: 'wiping', addressBook: book, pageErasedAt: anHourAgo }],
    ['a phone that says so is wiped', 'Wiped', { state: 'wiped' }],
    ['an ended phone is ended, whatever else is wrong with it', 'Ended', { state: 'revoked', certificateSeen: 'older' }],
  ])('%s', (_fact, words, patch) => {
    expect(stateOf(aDevice({ ...synced, ...patch })).words).toBe(words);
  });

  test('only what a manager must do something about has a colour that warns', () => {
    const toneOf = (patch: Partial<Device>) => stateOf(aDevice({ ...synced, ...patch })).tone;

    expect([toneOf({}), toneOf({ changesBehind: 3 })]).toEqual(['on', 'on']);
    expect([toneOf({ trouble: 'never-read' }), toneOf({ trouble: 'silent' }), toneOf({ trouble: 'old-certificate' })]).toEqual(['warn', 'warn', 'warn']);
    expect([toneOf({ state: 'wiping' }), toneOf({ state: 'wiped' }), toneOf({ state: 'revoked' })]).toEqual(['bad', 'quiet', 'quiet']);
  });

  test('every word says what it means, and what to do about what is wrong', () => {
    const notTicked = stateOf(aDevice({ ...synced, trouble: 'not-ticked' }));
    const silent = stateOf(aDevice({ ...synced, trouble: 'silent' }));

    expect(notTicked.explains).toContain('tick the address book');
    expect(silent.explains).toContain('Open Doorline’s page on it');
  });
});

describe('C20 a phone that is to be wiped', () => {
  const wiping = { state: 'wiping', wipeRequestedAt: anHourAgo, contactsSynced: 900, contactsInScope: 0 } as const;

  async function says(patch: Partial<Device>): Promise<string[]> {
    openConsole('/phones/device-1', { 'GET /devices/device-1': aDevice({ ...wiping, ...patch }) });
    const confirmed = await screen.findByRole('list', { name: 'What it has confirmed' });
    return [...confirmed.querySelectorAll('li')].map((line) => line.textContent ?? '');
  }

  test('says of each way its contacts came whether it confirmed, by whom and when', async () => {
    const [page, contacts] = await says({ pageErasedAt: null, addressBook: { ...book, emptiedAt: anHourAgo } });

    expect(page).toMatch(/^Not yet: Doorline’s page on it has not confirmed/u);
    expect(contacts).toMatch(/^Good: iOS 27\.0 fetched the empty address book: Monday, 23 November 2026/u);
  });

  test('says what is still on it, and how a phone that never comes back loses it', async () => {
    const lines = await says({ pageSeenAt: null, addressBook: book, leaseEndsAt: '2027-01-05T12:00:00.000Z' });

    expect(lines).toEqual([expect.stringMatching(/812 cards are still on the phone.*drops them on 5 Jan 2027/u)]);
    expect(screen.getByText('812 cards, with names and companies')).toBeDefined();
  });

  test('has nothing to confirm when it never asked for anything', async () => {
    expect(await says({ pageSeenAt: null, addressBook: null, contactsSynced: 0 })).toEqual([expect.stringContaining('nothing on it')]);
  });
});

describe('C20 the list of phones', () => {
  const listed = { 'GET /devices': { items: [aDevice({ name: 'Storeroom' })], nextCursor: null } };

  test('is searched and narrowed by its address', async () => {
    const { asked } = openConsole('/phones?search=store&state=attention', listed);

    expect(await screen.findByText('Storeroom')).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Phone or who carries it').value).toBe('store');
    expect(screen.getByLabelText<HTMLInputElement>('To look into').checked).toBe(true);
    const [first] = asked('GET /devices');
    expect(first?.query).toMatchObject({ search: 'store', state: 'attention' });
  });

  test('shows what each holds against what it is to hold, the certificate it saw and when its account ends', async () => {
    const phone = aDevice({
      contactsSynced: 2300,
      addressBook: { ...book, cards: 800 },
      changesBehind: 14,
      certificateSeen: 'older',
      leaseEndsAt: '2099-03-05T12:00:00.000Z',
    });
    openConsole('/phones', { 'GET /devices': { items: [phone], nextCursor: null } });

    expect(await screen.findByText('800 of 812 cards')).toBeDefined();
    for (const words of ['2,300 of 2,314 numbers', 'iPhone · iOS 27.0, Doorline’s page', 'Older', '14', '5 Mar 2099'])
      expect(screen.getByText(words)).toBeDefined();
  });

  test('a choice and a search go into the address, together', async () => {
    const { router } = openConsole('/phones', listed);
    await screen.findByText('Storeroom');

    fireEvent.click(screen.getByLabelText('Ended'));
    await waitFor(() => expect(router.state.location.search).toEqual({ state: 'ended' }));
    fireEvent.change(screen.getByLabelText('Phone or who carries it'), { target: { value: 'tom' } });
    await waitFor(() => expect(router.state.location.search).toEqual({ state: 'ended', search: 'tom' }));
    fireEvent.click(screen.getByLabelText('All'));

    await waitFor(() => expect(router.state.location.search).toEqual({ search: 'tom' }));
  });

  test('says when none fits, and shows all again', async () => {
    const { router } = openConsole('/phones?search=nobody', { 'GET /devices': { items: [], nextCursor: null } });

    fireEvent.click(await screen.findByRole('link', { name: 'Show all again' }));

    await waitFor(() => expect(router.state.location.search).toEqual({}));
    expect(await screen.findByText('No phone is paired yet')).toBeDefined();
    expect(screen.queryByLabelText('Phone or who carries it')).toBeNull();
  });
});

describe('C27 the trace of a phone', () => {
  const request: DeviceRequest = {
    id: 7,
    at: anHourAgo,
    method: 'REPORT',
    path: '/dav/books/main/',
    status: 207,
    note: 'Read what changed in the address book',
    milliseconds: 12,
    userAgent: 'iOS/27.0 dataaccessd/1.0',
    ip: '192.168.1.74',
  };

  function openPhone(trace: DeviceTrace) {
    return openConsole('/phones/device-1', { 'GET /devices/device-1': aDevice(), 'GET /devices/device-1/requests': trace });
  }

  test('names what was asked for, with the request itself, its answer and how long it took', async () => {
    openPhone({ items: [request], alerts: [] });

    expect(await screen.findByText('Read what changed in the address book')).toBeDefined();
    expect(screen.getByText('REPORT /dav/books/main/').getAttribute('title')).toBe('iOS/27.0 dataaccessd/1.0');
    expect(screen.getByText('207')).toBeDefined();
    expect(screen.getByText('12 ms')).toBeDefined();
    expect(screen.getByText('12 ms').closest('li')?.textContent).toContain('from 192.168.1.74');
  });

  test('a request without a name of its own is called by its method', async () => {
    openPhone({ items: [{ ...request, method: 'OPTIONS', note: null }], alerts: [] });

    expect(await screen.findByText('OPTIONS')).toBeDefined();
  });

  test('marks what was refused, and not the question for a password that every client starts with', async () => {
    openPhone({
      items: [
        { ...request, id: 3, status: 403, note: 'Was refused' },
        { ...request, id: 2, status: 401, note: 'Was asked for its password' },
      ],
      alerts: [],
    });

    const toneOf = (note: string) => screen.getByText(note).closest('li')?.getAttribute('data-tone');
    await screen.findByText('Was refused');
    expect(toneOf('Was refused')).toBe('bad');
    expect(toneOf('Was asked for its password')).toBeNull();
  });

  test('what a manager should look into stands above, and a phone that asked for nothing says so', async () => {
    openPhone({ items: [], alerts: ['It read the whole address book twice within an hour.'] });

    expect(await screen.findByText('It read the whole address book twice within an hour.')).toBeDefined();
    expect(screen.getByText(/It has not asked for anything yet/u)).toBeDefined();
  });
});

describe('C27 an account that two use', () => {
  const sentence = 'Two addresses, 192.168.1.20 and 192.168.1.77, read this phone’s address book in turns within an hour.';
  const shared = aDevice({ accountSharing: { at: anHourAgo, sentence } });
  const answers = { 'GET /devices/device-1': shared, 'GET /devices/device-1/requests': { items: [], alerts: [sentence] } };

  test('is said once, with what can be done: stopping the account asks for one anew', async () => {
    const { asked } = openConsole('/phones/device-1', {
      ...answers,
      'POST /devices/device-1/stop-account': aDevice({ leaseRenewalAskedAt: anHourAgo }),
    });

    expect(await screen.findByRole('heading', { name: 'Somebody else may be reading its contacts' })).toBeDefined();
    expect(await screen.findByText(/It has not asked for anything yet/u)).toBeDefined();
    expect(screen.getAllByText(sentence)).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Stop the account' }));

    await waitFor(() => expect(asked('POST /devices/device-1/stop-account')).toHaveLength(1));
    expect(await screen.findByText(/The account is stopped/u)).toBeDefined();
  });

  test('may be one phone after all; a refusal is said and the alarm stays', async () => {
    openConsole('/phones/device-1', { ...answers, 'POST /devices/device-1/one-phone': refusal(409, 'This phone is revoked already.') });

    fireEvent.click(await screen.findByRole('button', { name: 'It is one phone' }));

    expect(await screen.findByText('This phone is revoked already.')).toBeDefined();
    expect(screen.getByText(sentence)).toBeDefined();
  });
});

describe('C3 which contacts a phone gets', () => {
  test('is counted again for a cap that is typed, and the words stay those of what was counted', async () => {
    const counts = (most: number | null) => ({
      contacts: 30_000,
      areContactsAtLeast: false,
      presentable: 20_000,
      arePresentableAtLeast: true,
      most,
      onPhone: most ?? 20_000,
      keptOff: null,
      leastActiveAt: null,
    });
    openConsole('/phones/device-1', {
      'GET /devices/device-1': aDevice(),
      'GET /devices/device-1/requests': { items: [], alerts: [] },
      'GET /devices/scope-preview': ({ query }) => counts(query['most'] === undefined ? null : Number(query['most'])),
    });
    expect(await screen.findByText('20,000 or more contacts come onto the phone, of 30,000.')).toBeDefined();

    fireEvent.click(screen.getByLabelText('Only the most recently active of them'));
    expect(await screen.findByText('20,000 contacts come onto the phone, of 30,000.')).toBeDefined();
    fireEvent.change(screen.getByLabelText('At most'), { target: { value: '500' } });

    expect(screen.getByText('20,000 contacts come onto the phone, of 30,000.').hasAttribute('data-stale')).toBe(true);
    const counted = await screen.findByText('500 contacts come onto the phone, of 30,000.');
    await waitFor(() => expect(counted.hasAttribute('data-stale')).toBe(false));
  });
});

describe('D7 what was done with a phone', () => {
  const entry = {
    seq: 4,
    at: anHourAgo,
    actor: { kind: 'agent', id: 'owner', name: 'Tom Keller' },
    action: 'device.changed',
    target: { kind: 'device', id: 'device-1', name: 'Anna’s iPhone' },
    detail: { settings: { callerId: false }, leaseDays: 30 },
  };

  test('stands in the audit log, one step from the phone, until everything is shown again', async () => {
    const { asked, router } = openConsole('/phones/device-1', {
      'GET /devices/device-1': aDevice(),
      'GET /devices/device-1/requests': { items: [], alerts: [] },
      'GET /audit': { items: [entry], nextCursor: null },
    });

    fireEvent.click(await screen.findByRole('link', { name: 'Audit log' }));

    expect(await screen.findByText('Changed a phone')).toBeDefined();
    expect(asked('GET /audit')[0]?.query).toMatchObject({ target: 'device:device-1' });
    fireEvent.click(screen.getByRole('button', { name: /Only Anna’s iPhone/u }));
    await waitFor(() => expect(router.state.location.search).toEqual({}));
    await waitFor(() => expect(asked('GET /audit').at(-1)?.query).not.toHaveProperty('target'));
  });

  test('opens beside the log, each detail under its name in plain words', async () => {
    openConsole('/settings/audit', { 'GET /audit': { items: [entry], nextCursor: null } });

    fireEvent.click(await screen.findByRole('gridcell', { name: 'Changed a phone' }));

    const details = within(await screen.findByRole('dialog'));
    expect(details.getByText('Show who is calling').nextElementSibling?.textContent).toBe('No');
    expect(details.getByText('Contacts leave it after').nextElementSibling?.textContent).toBe('30 days');
  });
});
