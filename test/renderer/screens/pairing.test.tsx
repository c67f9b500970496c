import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeInGroups, minutesLeft, phoneKind, suggestedName } from '#renderer/console/screens/phones/phone-words.ts';
import { aDevice, aPairing } from '#test/support/console-builders.ts';
import { refusal } from '#test/support/fake-server.ts';
import { givenALayout, openConsole, type Answers } from '#test/support/open-console.tsx';

beforeAll(givenALayout);

const token = 'one-time-secret';
const started = {
  id: 'pairing-1',
  url: `https://desk.lan/s#1.${token}.f`,
  token,
  qrSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
  typedAddress: 'desk.lan/s',
  expiresAt: '2099-01-01T00:00:00.000Z',
  authorityFingerprint: null,
};
const claim = {
  name: 'Anna’s iPhone',
  platform: 'ios',
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X)',
  ip: '192.168.1.74',
  isSameNetwork: true,
  code: '482917',
} as const;

/** Goes to the code to scan. */
async function showTheCode(answers: Answers = {}) {
  const opened = openConsole('/phones/pair', { 'POST /pairings': started, 'GET /pairings/pairing-1': aPairing(), ...answers });
  fireEvent.change(await screen.findByLabelText('What to call the phone'), { target: { value: 'Anna’s iPhone' } });
  fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Show the code' }));
  await screen.findByRole('heading', { name: 'Scan this with Anna’s iPhone' });
  return opened;
}

describe('pairing a phone', () => {
  test('shows a code to scan, an address to type and the time that is left', async () => {
    const { asked } = await showTheCode();

    expect((await screen.findByAltText('Code to scan with the phone’s camera')).getAttribute('src')).toContain('data:image/svg+xml');
    expect(screen.getByText('desk.lan/s')).toBeDefined();
    expect(asked('POST /pairings')).toMatchObject([
      { body: { deviceName: 'Anna’s iPhone', agentId: 'owner', leaseDays: 90, scope: { everyone: true, listIds: [], most: null, showsCompany: true } } },
    ]);
  });

  test('shows the fingerprint of the certificate the phone installs first, as the phone does', async () => {
    const authorityFingerprint = Array.from({ length: 32 }, (_, index) => (index + 160).toString(16).toUpperCase()).join(':');
    await showTheCode({ 'POST /pairings': { ...started, authorityFingerprint } });

    const groups = (await screen.findByRole('list', { name: 'Fingerprint of the certificate' })).querySelectorAll('li');

    expect([groups.length, groups[0]?.textContent, groups[15]?.textContent]).toEqual([16, 'A0 A1', 'BE BF']);
  });

  test('says that pairing rests after too many wrong codes, and opens it again when told to', async () => {
    let lockedUntil: string | null = '2099-01-01T00:00:00.000Z';
    const { asked } = await showTheCode({
      'GET /pairings/pairing-1': () => aPairing({ lockedUntil }),
      'POST /pairings/unlock': () => {
        lockedUntil = null;
        return new Response(null, { status: 204 });
      },
    });

    fireEvent.click(await screen.findByRole('button', { name: 'Open pairing again' }));

    await waitFor(() => expect(screen.queryByText(/Pairing rests/u)).toBeNull());
    expect(asked('POST /pairings/unlock')).toHaveLength(1);
  });

  test('asks how long the contacts stay, and says what is wrong with it where it stands', async () => {
    const wrong = refusal(422, 'This does not fit.', [{ path: 'leaseDays', message: 'A lease lasts at most ten years.' }]);
    const { asked } = openConsole('/phones/pair', { 'POST /pairings': wrong });
    fireEvent.change(await screen.findByLabelText('What to call the phone'), { target: { value: 'Anna’s iPhone' } });
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    fireEvent.click(await screen.findByRole('combobox', { name: 'The contacts leave the phone by themselves' }));
    fireEvent.click(await screen.findByRole('option', { name: 'Never', hidden: true }));

    fireEvent.click(screen.getByRole('button', { name: 'Show the code' }));

    expect(await screen.findAllByText('A lease lasts at most ten years.')).not.toHaveLength(0);
    expect(asked('POST /pairings')).toMatchObject([{ body: { leaseDays: null } }]);
  });

  test('shows the digits of the phone that asks, and approves it only when told to', async () => {
    const { asked } = await showTheCode({
      'GET /pairings/pairing-1': aPairing({ state: 'claimed', claim }),
      'POST /pairings/pairing-1/approve': aPairing({ state: 'approved', claim }),
    });

    expect(await screen.findByLabelText('4 8 2 9 1 7')).toBeDefined();
    // Drawn on the phone beside them as well, people would compare the PC with itself.
    expect(screen.getAllByText(/482.917/u)).toHaveLength(1);
    expect(screen.getByText(/iPhone, iOS 27/u)).toBeDefined();
    expect(asked('POST /pairings/pairing-1/approve')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'It matches, approve' }));

    await waitFor(() => expect(asked('POST /pairings/pairing-1/approve')).toHaveLength(1));
    expect(await screen.findByText(/fetches its keys now/u)).toBeDefined();
  });

  test('makes the code void when the digits differ, and says what to do', async () => {
    await showTheCode({
      'GET /pairings/pairing-1': aPairing({ state: 'claimed', claim }),
      'POST /pairings/pairing-1/decline': aPairing({ state: 'declined', claim }),
    });

    fireEvent.click(await screen.findByRole('button', { name: 'It does not' }));

    expect(await screen.findByText(/the phone got nothing/u)).toBeDefined();
    expect(screen.queryByAltText('Code to scan with the phone’s camera')).toBeNull();
    expect(screen.getByRole('button', { name: 'Make a new code' })).toBeDefined();
  });

  test('offers to let in a phone on another network', async () => {
    const { asked } = await showTheCode({
      'GET /pairings/pairing-1': aPairing({ refusedIp: '10.0.7.3' }),
      'POST /pairings/pairing-1/allow-other-networks': aPairing({ allowsOtherNetworks: true }),
    });

    fireEvent.click(await screen.findByRole('button', { name: 'Let it in' }));

    await waitFor(() => expect(asked('POST /pairings/pairing-1/allow-other-networks')).toHaveLength(1));
  });

  test('goes on to the contacts by itself once the phone has its keys', async () => {
    await showTheCode({
      'GET /pairings/pairing-1': aPairing({ state: 'completed', claim, deviceId: 'device-1' }),
      'GET /devices/device-1': aDevice({ contactsSynced: 2314 }),
    }).catch(() => undefined);

    expect(await screen.findByText('All 2,314 numbers are on the phone')).toBeDefined();
    expect(screen.getByText(/Its own call screen: go through “Caller ID on this phone”/u)).toBeDefined();
  });

  test.each([
    ['signed in, the address book is still to be ticked', { bookSeenAt: null, readAt: null }],
    ['signed in, the contacts come next', { readAt: null }],
    ['knows 812 contacts', {}],
  ])('says how far the phone’s own call screen is: %s', async (words, patch) => {
    const at = '2026-11-23T11:00:00.000Z';
    const addressBook = { client: 'iOS/27.0', signedInAt: at, bookSeenAt: at, readAt: at, cards: 812, cardsInScope: 812, emptiedAt: null, ...patch };
    await showTheCode({
      'GET /pairings/pairing-1': aPairing({ state: 'completed', claim, deviceId: 'device-1' }),
      'GET /devices/device-1': aDevice({ addressBook }),
    }).catch(() => undefined);

    expect(await screen.findByText(new RegExp(`Its own call screen:? ${words}`, 'u'))).toBeDefined();
  });

  test('never keeps the one-time secret in a draft', async () => {
    const { requests } = await showTheCode();
    await waitFor(() => expect(requests.filter(({ method }) => method === 'PUT').length).toBeGreaterThan(0));

    expect(JSON.stringify(requests.filter(({ method }) => method === 'PUT').map(({ body }) => body))).not.toContain(token);
  });
});

describe('C3 the contacts of a phone that is paired', () => {
  const lists = Array.from({ length: 13 }, (_, index) => ({
    id: `list-${index}`,
    name: `Branch ${String.fromCodePoint(65 + index)}`,
    kind: 'static',
    filter: null,
    memberCount: 1200 + index,
    isUpdating: false,
    createdAt: '2026-11-23T08:00:00.000Z',
  }));

  test('of many lists the chosen ones stay in sight while one searches, and Enter sends nothing', async () => {
    const { asked } = openConsole('/phones/pair', { 'GET /lists': { items: lists, nextCursor: null } });
    fireEvent.change(await screen.findByLabelText('What to call the phone'), { target: { value: 'Anna’s iPhone' } });
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    fireEvent.click(await screen.findByRole('radio', { name: /Only some lists/u }));
    fireEvent.click(await screen.findByRole('checkbox', { name: /Branch A/u }));

    const search = screen.getByLabelText('Find a list');
    fireEvent.change(search, { target: { value: 'branch m' } });
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: /Branch B/u })).toBeNull());
    fireEvent.keyDown(search, { key: 'Enter' });

    expect(screen.getAllByRole('checkbox', { name: /Branch/u }).map((box) => (box as HTMLInputElement).checked)).toEqual([true, false]);
    expect(screen.getByText('1,212 people')).toBeDefined();
    expect(asked('POST /pairings')).toEqual([]);
  });
});

describe('a paired phone', () => {
  test('is wiped only after its name was typed, and the question says what happens', async () => {
    let phone = aDevice();
    const { asked } = openConsole('/phones/device-1', {
      'GET /devices/device-1': () => phone,
      'POST /devices/device-1/wipe': () => (phone = aDevice({ state: 'wiping' })),
    });

    fireEvent.click(await screen.findByRole('button', { name: 'Wipe the lost phone' }));
    expect(await screen.findByText(/removes all 2,314 numbers/u)).toBeDefined();
    const confirm = screen.getByRole<HTMLButtonElement>('button', { name: 'Wipe' });
    expect(confirm.disabled).toBe(true);
    fireEvent.change(screen.getByLabelText(/to go on/u), { target: { value: 'Anna’s iPhone' } });
    fireEvent.click(confirm);

    await waitFor(() => expect(asked('POST /devices/device-1/wipe')).toHaveLength(1));
    expect(await screen.findByText(/Waiting for the phone/u)).toBeDefined();
  });
});

describe('words about phones', () => {
  test.each([
    ['ios', 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_4 like Mac OS X)', 'iPhone, iOS 26.4'],
    ['android', 'Mozilla/5.0 (Linux; Android 16; Pixel 10)', 'Android 16'],
    ['android', '', 'Android'],
    ['other', 'curl/8', 'Browser'],
  ] as const)('%s with “%s” is “%s”', (platform, userAgent, words) => {
    expect(phoneKind(platform, userAgent)).toBe(words);
  });

  test('a code reads in two groups, time in minutes, a name as whose it is', () => {
    expect(codeInGroups('482917')).toBe('482\u00A0917');
    expect(minutesLeft('2026-11-23T08:04:12.000Z', new Date('2026-11-23T08:00:00.000Z').getTime())).toBe('4:12');
    expect(minutesLeft('2026-11-23T08:00:00.000Z', new Date('2026-11-23T09:00:00.000Z').getTime())).toBe('0:00');
    expect([suggestedName('Anna Nowak'), suggestedName('Jonas'), suggestedName('')]).toEqual(['Anna’s phone', 'Jonas’ phone', '']);
  });
});
