import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { LiveEvent } from '#server/live/live.contract.ts';
import { openStream } from './client.ts';

/** What each kind of news makes stale. */
const staleBy: Readonly<Record<LiveEvent['kind'], readonly QueryKey[]>> = {
  ticket: [['tickets'], ['timeline'], ['contacts', 'one'], ['companies', 'one'], ['inboxes'], ['status']],
  call: [['calls'], ['timeline'], ['status']],
  pairing: [['pairings'], ['devices'], ['setup'], ['status']],
  pbx: [['pbx']],
  device: [['devices'], ['setup'], ['status']],
  import: [['imports'], ['contacts'], ['companies'], ['lists'], ['deals'], ['tickets'], ['numbers'], ['setup'], ['status']],
  settings: [['settings'], ['address'], ['mail'], ['portal'], ['setup'], ['status']],
  wipe: [['devices'], ['status']],
  task: [['tasks']],
  member: [['members'], ['contacts', 'one'], ['setup'], ['status']],
};

type Listener = (event: LiveEvent) => void;

export interface LiveConnection {
  /** Begins to read, until the returned function is called. */
  open(): () => void;
  /** Hears every event until the returned function is called. */
  listen(listener: Listener): () => void;
  /** Hears whether news arrive. */
  onState(listener: (isConnected: boolean) => void): () => void;
}

const firstPause = 500;
const longestPause = 4000;

/** Keeps the console's data fresh: reads the server's events, goes on where it stopped, and marks what they touch as stale. */
export function liveConnection(queries: QueryClient): LiveConnection {
  const listeners = new Set<Listener>();
  const stateListeners = new Set<(isConnected: boolean) => void>();
  let lastId: string | undefined;
  let wasInterrupted = false;

  function tellState(isConnected: boolean): void {
    for (const listener of stateListeners) listener(isConnected);
  }

  function take(event: LiveEvent): void {
    lastId = String(event.id);
    for (const queryKey of staleBy[event.kind]) void queries.invalidateQueries({ queryKey });
    for (const listener of listeners) listener(event);
  }

  async function readOnce(signal: AbortSignal): Promise<void> {
    const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
    const response = await openStream('/events', { headers, signal });
    if (!response.ok || response.body === null) throw new Error(`events: ${response.status}`);
    tellState(true);
    // What happened while nobody listened, and no event was seen before: anything may be stale.
    if (wasInterrupted && lastId === undefined) void queries.invalidateQueries();
    for await (const event of eventsOf(response.body)) take(event);
  }

  async function readUntil(signal: AbortSignal): Promise<void> {
    let pause = firstPause;
    while (!signal.aborted) {
      const started = Date.now();
      await readOnce(signal).catch(() => undefined);
      if (signal.aborted) return;
      tellState(false);
      wasInterrupted = true;
      pause = Date.now() - started > longestPause ? firstPause : Math.min(pause * 2, longestPause);
      await sleep(pause, signal);
    }
  }

  return {
    open() {
      const ended = new AbortController();
      void readUntil(ended.signal);
      return () => ended.abort();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
}

/** Reads server-sent events (WHATWG HTML, 9.2.6) from a body. Events of a kind we do not know are skipped. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value.replaceAll('\r\n', '\n')).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = toEvent(block);
      if (event !== undefined) yield event;
    }
  }
}

function toEvent(block: string): LiveEvent | undefined {
  const fields: Record<string, string> = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/u.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    fields[name] = name === 'data' && fields['data'] !== undefined ? `${fields['data']}\n${value}` : value;
  }
  if (fields['data'] === undefined) return undefined;
  try {
    return LiveEvent.parse({ id: Number(fields['id']), kind: fields['event'], payload: JSON.parse(fields['data']) });
  } catch {
    // Not ours to read: a newer server's kind of event.
    return undefined;
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
