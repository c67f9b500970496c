import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listen, type DeviceEvent } from '#renderer/phone/device/events.ts';

// The stream of events over a phone's network, which comes and goes without a word.

interface Connection {
  readonly lastId: string | null;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

let connections: Connection[];
let isThere: boolean;
let heard: DeviceEvent[];
let states: boolean[];
let over: AbortController;

/** A desk whose streams end only when somebody ends them, and an address that answers nothing while it is not there. */
function desk(_path: string, { headers, signal }: { readonly headers: Record<string, string>; readonly signal: AbortSignal }): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
    if (!isThere) return;
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        signal.addEventListener('abort', () => stream.error(new DOMException('Aborted', 'AbortError')));
        const say = (text: string) => stream.enqueue(new TextEncoder().encode(text));
        connections.push({ lastId: headers['last-event-id'] ?? null, signal, say });
      },
    });
    resolve(new Response(body));
  });
}

const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('fetch', desk);
  connections = [];
  isThere = true;
  heard = [];
  states = [];
  over = new AbortController();
  void listen(over.signal, { onEvent: (event) => heard.push(event), onState: (isConnected) => states.push(isConnected) });
  await after(0);
});

afterEach(async () => {
  over.abort();
  await after(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('C26 the stream of events', () => {
  test('is read as it comes, in whatever pieces', async () => {
    connections[0]?.say('id: 7\nevent: call\nda');
    connections[0]?.say('ta: {"state":"ringing"}\n\n: still here\n\n');
    await after(0);

    expect(heard).toEqual([{ kind: 'call', data: { state: 'ringing' } }]);
    expect(states).toEqual([true]);
  });

  test('is opened anew where it stopped, when it is silent for longer than the desk ever is', async () => {
    connections[0]?.say('id: 7\nevent: task\ndata: {}\n\n');
    for (let beat = 0; beat < 5; beat += 1) {
      await after(20_000);
      connections[0]?.say(': still here\n\n');
    }
    await after(45_000);
    expect(connections).toHaveLength(1);

    await after(12_000);

    expect(connections[0]?.signal.aborted).toBe(true);
    expect(connections.map(({ lastId }) => lastId)).toEqual([null, '7']);
    expect(states).toEqual([true, false, true]);
  });

  test('is opened anew at once on another network', async () => {
    dispatchEvent(new Event('online'));
    await after(1000);

    expect(connections).toHaveLength(2);
  });

  test('that an address never begins is given up soon, and tried again when somebody looks', async () => {
    isThere = false;
    dispatchEvent(new Event('online'));
    await after(8000);
    expect(states).toEqual([true, false, false]);
    await after(60_000);
    isThere = true;
    expect(connections).toHaveLength(1);

    // Whatever of the two it is doing, trying or resting.
    await after(5000);
    document.dispatchEvent(new Event('visibilitychange'));
    await after(100);

    expect(connections).toHaveLength(2);
  });
});
