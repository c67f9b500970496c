import { QueryClient } from '@tanstack/react-query';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { eventsOf, liveConnection } from '#renderer/api/live.ts';
import { fakeServer, givenKey } from '#test/support/fake-server.ts';

function streamOf(chunks: readonly string[], isEnding = true): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      if (isEnding) controller.close();
    },
  });
}

async function readAll(chunks: readonly string[]) {
  const events = [];
  for await (const event of eventsOf(streamOf(chunks))) events.push(event);
  return events;
}

describe('reading server-sent events', () => {
  test('an event is whole however the network cuts it', async () => {
    const events = await readAll([': open\n\nid: 7\nev', 'ent: ticket\ndata: {"id"', ':"t1"}\n', '\n: still here\n\n']);

    expect(events).toEqual([{ id: 7, kind: 'ticket', payload: { id: 't1' } }]);
  });

  test('lines may end as on Windows', async () => {
    expect(await readAll(['id: 8\r\nevent: call\r\ndata: {}\r\n\r\n'])).toEqual([{ id: 8, kind: 'call', payload: {} }]);
  });

  test('what is not understood is skipped and the rest is read', async () => {
    const events = await readAll(['id: 1\nevent: weather\ndata: {}\n\nid: 2\nevent: task\ndata: not json\n\nid: 3\nevent: task\ndata: {}\n\n']);

    expect(events.map(({ id }) => id)).toEqual([3]);
  });
});

describe('the live connection', () => {
  test('makes stale what an event is about, tells listeners, and goes on where it stopped', async () => {
    givenKey();
    const queries = new QueryClient();
    queries.setQueryData(['tickets', 'list'], []);
    queries.setQueryData(['devices'], []);
    const requests = fakeServer(() => new Response(streamOf(requests.length === 1 ? ['id: 41\nevent: ticket\ndata: {}\n\n'] : [], requests.length === 1)));
    const live = liveConnection(queries);
    const heard = vi.fn<(event: object) => void>();
    live.listen(heard);

    const close = live.open();
    onTestFinished(close);

    await vi.waitFor(() => expect(requests).toHaveLength(2), { timeout: 5000 });
    expect(heard).toHaveBeenCalledWith({ id: 41, kind: 'ticket', payload: {} });
    expect(queries.getQueryState(['tickets', 'list'])?.isInvalidated).toBe(true);
    expect(queries.getQueryState(['devices'])?.isInvalidated).toBe(false);
    expect(requests[1]?.headers.get('last-event-id')).toBe('41');
  });
});
