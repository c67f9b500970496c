import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app-type.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** How to end each open stream; they never end by themselves, and a server that stops must not wait for them. */
    openStreams: Set<() => void>;
  }
}

/** Ends all streams of a plane before it closes. */
export function endStreamsOnClose(app: App): void {
  const openStreams = new Set<() => void>();
  app.decorate('openStreams', openStreams);
  app.addHook('preClose', async () => {
    for (const end of openStreams) end();
  });
}

export interface EventStream {
  send(event: { readonly id?: number; readonly event: string; readonly data: object }): void;
  close(): void;
}

/**
 * Opens server-sent events (WHATWG HTML, 9.2) on a reply. A comment every 20 seconds keeps middleboxes from closing it.
 * `onClose` runs once, whoever ends it.
 */
export function openEventStream(request: FastifyRequest, reply: FastifyReply, onClose: () => void): EventStream {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  raw.write(': open\n\n');
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), 20_000);
  heartbeat.unref();

  const { openStreams } = request.server;
  let isOpen = true;
  function close(): void {
    raw.end();
    ended();
  }
  function ended(): void {
    if (!isOpen) return;
    isOpen = false;
    clearInterval(heartbeat);
    openStreams.delete(close);
    onClose();
  }
  openStreams.add(close);
  request.raw.socket.on('close', ended);
  raw.on('close', ended);

  return {
    send({ id, event, data }) {
      if (!isOpen) return;
      raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close,
  };
}
