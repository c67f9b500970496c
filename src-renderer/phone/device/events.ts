import { ask } from './client.ts';

/** An event of the device API's stream. */
export interface DeviceEvent {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const firstPause = 1000;
const longestPause = 20_000;

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
 * Listens to the desk until `signal` ends it, and goes on where it stopped after an interruption. EventSource can't send
 * an Authorization header, so the stream is read with fetch.
 */
export async function listen(
  signal: AbortSignal,
  { onEvent, onState }: { readonly onEvent: (event: DeviceEvent) => void; readonly onState: (isConnected: boolean) => void },
): Promise<void> {
  let lastId: string | undefined;
  let pause = firstPause;

  async function readOnce(): Promise<void> {
    const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
    const response = await ask('/events', { headers, signal });
    if (response.body === null) return;
    onState(true);
    pause = firstPause;
    let text = '';
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const { id, event } of blocks.map(parseBlock)) {
        lastId = id ?? lastId;
        if (event !== undefined) onEvent(event);
      }
    }
  }

  while (!signal.aborted) {
    try {
      await readOnce();
    } catch {
      // Not reached, or cut: the pause below grows until it works again.
    }
    if (signal.aborted) return;
    onState(false);
    const wait = pause;
    await new Promise((resume) => setTimeout(resume, wait));
    pause = Math.min(pause * 2, longestPause);
  }
}
