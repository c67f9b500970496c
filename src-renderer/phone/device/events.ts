import { ask } from './client.ts';

/** An event of the device API's stream. */
export interface DeviceEvent {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const firstPause = 1000;
const longestPause = 20_000;

/** How long the desk may take to begin: it has nothing to look up for that. */
const opensWithin = 5000;

interface Parsed {
  readonly id: string | undefined;
  readonly event: DeviceEvent | undefined;
}

/** Reads one block of server-sent events (WHATWG HTML, 9.2.6). */
export function parseBlock(block: string): Parsed {
  let id: string | undefined;
  let kind: string | undefined;
  let text = '';
  for (const line of block.split('\n')) {
    const [field, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).replace(/^ /u, '')];
    if (field === 'id') id = value;
    if (field === 'event') kind = value;
    if (field === 'data') text += value;
  }
  if (kind === undefined) return { id, event: undefined };
  return { id, event: { kind, data: (text === '' ? {} : JSON.parse(text)) as DeviceEvent['data'] } };
}

/**
 * The desk says every 20 seconds that it is still there. A connection that is silent for longer than this is dead, even
 * where the phone does not know: it slept, or went to another network.
 */
const silentAtMost = 50_000;

const isSeen = (): boolean => document.visibilityState === 'visible';

/** Waits so long, or until there is a network, somebody looks, or it is over. */
function wait(milliseconds: number, over: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const { signal } = ended;
  return new Promise((resolve) => {
    function resume(): void {
      clearTimeout(timer);
      ended.abort();
      resolve();
    }
    const timer = setTimeout(resume, milliseconds);
    addEventListener('online', resume, { signal });
    document.addEventListener('visibilitychange', () => isSeen() && resume(), { signal });
    over.addEventListener('abort', resume, { signal });
  });
}

/** Ends one connection: with `over`, with a new network, or when it is silent. `heard` says that it is not. */
function watch(over: AbortSignal) {
  const ended = new AbortController();
  const { signal } = ended;
  let heardAt = Date.now();
  const end = () => ended.abort();
  function look(): void {
    if (Date.now() - heardAt > silentAtMost) end();
  }
  const timer = setInterval(look, 5000);
  signal.addEventListener('abort', () => clearInterval(timer));
  addEventListener('online', end, { signal });
  document.addEventListener('visibilitychange', look, { signal });
  over.addEventListener('abort', end, { signal });
  return {
    signal,
    end,
    heard: () => {
      heardAt = Date.now();
    },
  };
}

async function* blocksOf(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n');
    text = blocks.pop() ?? '';
    yield* blocks;
  }
}

interface Hearer {
  readonly onEvent: (event: DeviceEvent) => void;
  readonly onState: (isConnected: boolean) => void;
}

/**
 * Listens to the desk until `over` ends it, and goes on where it stopped after an interruption. EventSource can't send
 * an Authorization header, so the stream is read with fetch.
 */
export async function listen(over: AbortSignal, { onEvent, onState }: Hearer): Promise<void> {
  let lastId: string | undefined;
  let pause = firstPause;

  async function readOnce(): Promise<void> {
    const connection = watch(over);
    try {
      const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
      const { body } = await ask('/events', { headers, signal: connection.signal, waitAtMost: opensWithin });
      if (body === null) return;
      onState(true);
      pause = firstPause;
      for await (const block of blocksOf(body, connection.heard)) {
        const { id, event } = parseBlock(block);
        lastId = id ?? lastId;
        if (event !== undefined) onEvent(event);
      }
    } finally {
      connection.end();
    }
  }

  while (!over.aborted) {
    await readOnce().catch(() => undefined); // Not reached, or cut: the pause below grows until it works again.
    if (over.aborted) return;
    onState(false);
    await wait(pause, over);
    pause = Math.min(pause * 2, longestPause);
  }
}
