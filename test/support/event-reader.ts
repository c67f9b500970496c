import { request } from 'node:https';
import type { Server } from '#server/server.ts';

export interface ReadEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** A phone's open event stream over a real TLS connection. */
export interface EventReader {
  readonly status: number;
  readonly events: ReadEvent[];
  /** Resolves once an event of that name has come. */
  waitFor(event: string): Promise<ReadEvent>;
  /** Resolves when the server has closed the stream. */
  readonly closed: Promise<void>;
  close(): void;
}

/** A phone that was there before: the last event it knows. */
interface ReturningPhone {
  readonly token: string;
  readonly lastEventId: string;
}

function parse(block: string): ReadEvent | undefined {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  const event = fields.get('event');
  if (event === undefined) return undefined;
  return { id: fields.get('id'), event, data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown> };
}

/** Opens `path` of the LAN plane, which starts listening on loopback if it does not yet. A phone is its token. */
export async function readsEvents(server: Pick<Server, 'lan'>, path: string, phone: string | ReturningPhone): Promise<EventReader> {
  if (!server.lan.server.listening) await server.lan.listen({ host: '127.0.0.1', port: 0 });
  const address = server.lan.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new Promise((resolve, reject) => {
    // The certificate is of an authority made for this test; that it is the right one is tested with certificates.
    const { token, lastEventId }: Partial<ReturningPhone> = typeof phone === 'string' ? { token: phone } : phone;
    const headers = { authorization: `Bearer ${token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
    const call = request({ host: '127.0.0.1', port, path, rejectUnauthorized: false, headers }, (response) => {
      const events: ReadEvent[] = [];
      const waiting = new Map<string, (event: ReadEvent) => void>();
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const event of blocks.map(parse).filter((parsed) => parsed !== undefined)) {
          events.push(event);
          waiting.get(event.event)?.(event);
        }
      });
      resolve({
        status: response.statusCode ?? 0,
        events,
        waitFor: (name) => {
          const known = events.find((event) => event.event === name);
          return known === undefined ? new Promise((found) => waiting.set(name, found)) : Promise.resolve(known);
        },
        closed: new Promise((done) => response.once('close', done)),
        close: () => call.destroy(),
      });
    });
    call.once('error', reject);
    call.end();
  });
}
