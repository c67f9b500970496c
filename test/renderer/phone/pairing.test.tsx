/** @jsxImportSource preact */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pairingCode as codeOnTheDesk } from '#server/devices/pairing.ts';
import { readKeys } from '#renderer/phone/device/keys.ts';
import { pairingCode, readSecret, readTyped } from '#renderer/phone/pairing/pairing-code.ts';
import { pendingClaim } from '#renderer/phone/pairing/pairing-flow.ts';
import { PairingScreen } from '#renderer/phone/pairing/pairing-screen.tsx';
import { thisDevice } from '#renderer/phone/pairing/this-device.ts';

const secret = { token: 'v539dcc00xe5rcf3r7ky4pmsw5', fingerprint: 'vmqifel22tkt23yf63eqxhymv4' };

describe('the six digits', () => {
  test('are the same on the phone and on the desk, whatever the names', async () => {
    const claims = fc.record({ token: fc.string({ minLength: 1 }), fingerprint: fc.string(), claimId: fc.uuid(), deviceName: fc.string({ unit: 'grapheme' }) });
    await fc.assert(
      fc.asyncProperty(claims, async (claim) => {
        expect(await pairingCode(claim)).toBe(codeOnTheDesk(claim));
      }),
    );
  });

  test('change with each thing somebody in between would have to change', async () => {
    const claim = { ...secret, claimId: 'c1', deviceName: 'iPhone' };
    const others = [{ token: `${secret.token.slice(0, -1)}6` }, { fingerprint: 'other' }, { claimId: 'c2' }, { deviceName: 'iPhone 2' }];

    const codes = new Set([await pairingCode(claim), ...(await Promise.all(others.map((other) => pairingCode({ ...claim, ...other }))))]);

    expect(codes.size).toBe(5);
  });
});

describe('a scanned or typed code', () => {
  test('is read from what stands after the #', () => {
    expect(readSecret(`#1.${secret.token}.${secret.fingerprint}`)).toEqual(secret);
    expect(readSecret(`#1.${secret.token}`)).toEqual({ token: secret.token, fingerprint: '' });
    for (const hash of ['', '#/calls', '#2.abc.def', `#1.${secret.token}x.y`, '#1..']) expect(readSecret(hash)).toBeUndefined();
  });

  test('may be typed with blanks, capitals and letters that look like digits', () => {
    expect(readTyped('V539D CCOOXE 5rcf3-r7ky4 pmsw5')).toBe('v539dcc00xe5rcf3r7ky4pmsw5');
    expect(readTyped('v539dcc00xe5rcf3r7ky4pmsw')).toBeUndefined();
    expect(readTyped('v539dcc00xe5rcf3r7ky4pmswu')).toBeUndefined();
  });
});

describe('what this device is', () => {
  const cases = [
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X)', 5, { name: 'iPhone', platform: 'ios' }],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5, { name: 'iPad', platform: 'ios' }],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, { name: 'Browser on a computer', platform: 'other' }],
    ['Mozilla/5.0 (Linux; Android 10; K)', 5, { name: 'Android phone', platform: 'android' }],
  ] as const;
  test.each(cases)('is told from “%s” with %i touch points', async (userAgent, maxTouchPoints, expected) => {
    expect(await thisDevice({ userAgent, maxTouchPoints })).toEqual(expected);
  });

  test('an Android phone that tells its model is called by it', async () => {
    const userAgentData = { getHighEntropyValues: () => Promise.resolve({ model: 'Pixel 10' }) };

    expect(await thisDevice({ userAgent: 'Android', maxTouchPoints: 5, userAgentData })).toEqual({ name: 'Pixel 10', platform: 'android' });
  });
});

describe('the pairing page', () => {
  afterEach(() => {
    render(null, document.body);
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  type Answer = readonly [number, object];

  /** A desk that answers claims and fetches in turn; the last answer is repeated. */
  function desk({
    claim,
    complete = [[425, { code: 'pairing-waits', detail: 'Waiting.' }]],
  }: {
    claim?: (name: string) => Answer | Promise<Answer>;
    complete?: Answer[];
  }) {
    let asked = 0;
    vi.stubGlobal('fetch', async (path: string, init: { body: string }) => {
      const body = JSON.parse(init.body) as { deviceName: string };
      const honest = async (): Promise<Answer> => [202, { claimId: 'c1', code: codeOnTheDesk({ ...secret, claimId: 'c1', deviceName: body.deviceName }) }];
      const [status, answer] = path === '/pair/claim' ? await (claim ?? honest)(body.deviceName) : (complete[Math.min(asked++, complete.length - 1)] as Answer);
      return new Response(JSON.stringify(answer), { status });
    });
  }

  async function opens(given: typeof secret | null = secret) {
    const onPaired = vi.fn<() => void>();
    await act(() => render(<PairingScreen secret={given ?? undefined} onPaired={onPaired} />, document.body));
    return onPaired;
  }

  const shows = (text: string | RegExp) => vi.waitFor(() => expect(document.body.textContent).toMatch(text));

  test('shows the digits, waits for the manager, and keeps the keys it gets', async () => {
    desk({
      complete: [
        [425, {}],
        [200, { deviceId: 'd1', deviceToken: 't1', serverName: 'Hartmann', davUrl: '', davUsername: '', davPassword: 'p' }],
      ],
    });

    const onPaired = await opens();
    await shows(/Compare this number.*\d{3} \d{3}/su);
    expect(readKeys()).toBeUndefined();

    await vi.waitFor(() => expect(onPaired).toHaveBeenCalledOnce(), { timeout: 3000 });
    expect(readKeys()).toEqual({ deviceId: 'd1', deviceToken: 't1', serverName: 'Hartmann' });
    expect(JSON.stringify(sessionStorage)).not.toContain(secret.token);
    expect(pendingClaim()).toBeUndefined();
  });

  test('stops when the desk shows other digits than the phone worked out', async () => {
    desk({ claim: () => [202, { claimId: 'c1', code: '000000' }] });

    await opens();

    await shows(/Stop here.*do not agree/su);
    expect(document.body.textContent).not.toContain('Try again');
  });

  test.each([
    { status: 410, code: 'pairing-gone', words: /does not work any more.*Start a new one on the PC/u, canRetry: false },
    { status: 403, code: 'other-network', words: /Another network.*office Wi-Fi/u, canRetry: true },
    { status: 429, code: 'pairing-locked', words: /locked.*Wait ten minutes/u, canRetry: false },
  ])('says what to do when the desk answers $status $code', async ({ status, code, words, canRetry }) => {
    desk({ claim: () => [status, { code, detail: 'What to do about it.' }] });

    await opens();

    await shows(words);
    expect(document.body.textContent?.includes('Try again')).toBe(canRetry);
  });

  test('says so when the manager declines', async () => {
    desk({
      complete: [
        [425, {}],
        [410, { code: 'pairing-gone', detail: 'Gone.' }],
      ],
    });

    await opens();

    await vi.waitFor(() => expect(document.body.textContent).toContain('Not approved'), { timeout: 3000 });
    expect(pendingClaim()).toBeUndefined();
  });

  test('goes on with its claim after a reload', async () => {
    desk({});
    await opens();
    await shows(/Compare/u);
    const code = document.querySelector('.code')?.textContent;
    render(null, document.body);

    desk({ claim: () => [410, { detail: 'Used up.' }] });
    await opens(null);

    await shows(/Compare/u);
    expect(document.querySelector('.code')?.textContent).toBe(code);
  });

  test('without a code says how to get one', async () => {
    sessionStorage.clear();
    desk({});

    await opens(null);

    expect(document.body.textContent).toContain('scan the code with this phone’s camera');
  });
});
