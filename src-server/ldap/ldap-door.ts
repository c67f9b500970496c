import { createServer, type Server as PlainServer, type Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { rateKeyOf, plainAddress } from '../kernel/client-address.ts';
import type { Context } from '../kernel/context.ts';
import { suffix } from './distinguished-name.ts';
import { resultCode, writeDisconnection } from './ldap-answers.ts';
import { serveConnection, type Connection, type ConnectionParts } from './ldap-connection.ts';
import { readLdapSettings } from './ldap-settings.service.ts';
import type { LdapSettings, LdapState } from './ldap.contract.ts';
import { limitSearches } from './search-limit.ts';

export interface DoorParts extends Pick<ConnectionParts, 'authenticate' | 'traceSearch'> {
  readonly ctx: Context;
  /** The certificate and key the network is served with now. */
  readonly tls: () => { readonly cert: string; readonly key: string };
  readonly idleMilliseconds?: number;
  readonly messageMilliseconds?: number;
  readonly searchesAMinute?: number;
}

/** The directory's own listeners. They open and close as the settings say, while the server runs. */
export interface LdapDoor {
  /** Opens the door on this address for the first time; before that settings only wait. */
  open(host: string): Promise<void>;
  /** Makes the listeners what the settings say. */
  follow(): Promise<void>;
  /** Serves new connections with the certificate in use now. */
  useCertificate(): void;
  state(): Promise<LdapState>;
  /** Takes no more connections and ends the open ones. */
  close(): Promise<void>;
}

const habitualIdle = 300_000;
const habitualMessage = 30_000;
/** As many as names over HTTP: a whole floor of telephones may share a key. */
const habitualSearches = 6000;
const handshakeMilliseconds = 10_000;
const mostConnections = 500;
const mostOfOneAddress = 50;

const warning =
  'On the plain port keys and names cross the network readable by everybody on it, unless the telephone starts TLS. Use it only for telephones that can’t do better, in a network you trust.';

interface Listener {
  readonly server: PlainServer | TlsServer;
  readonly wishedPort: number;
}

type Way = 'tls' | 'plain';

/** In one sentence, why a port can't be had. */
function explain(error: unknown, port: number): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program. Choose another port for the directory.`;
  if (code === 'EACCES') return `This user may not listen on port ${port}. Choose a port above 1023 for the directory.`;
  return `The directory can’t listen on port ${port}: ${error instanceof Error ? error.message : String(error)}`;
}

function portOf({ server }: Listener): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Makes the directory's door, closed. */
export function createLdapDoor({ ctx, tls, authenticate, traceSearch, ...limits }: DoorParts): LdapDoor {
  const { idleMilliseconds = habitualIdle, messageMilliseconds = habitualMessage, searchesAMinute = habitualSearches } = limits;
  const mayAsk = limitSearches(searchesAMinute);
  const listeners = new Map<Way, Listener>();
  const problems = new Map<Way, string>();
  const connections = new Map<Socket, { readonly connection: Connection; readonly address: string }>();
  let host: string | undefined;
  let latest: Promise<void> = Promise.resolve();

  const secureOptions = () => ({ ...tls(), minVersion: 'TLSv1.2' as const });

  function isFull(address: string): boolean {
    const ofAddress = [...connections.values()].filter((other) => other.address === address).length;
    return connections.size >= mostConnections || ofAddress >= mostOfOneAddress;
  }

  function serve(socket: Socket): void {
    const address = rateKeyOf(plainAddress(socket.remoteAddress ?? ''));
    socket.on('error', () => socket.destroy());
    if (isFull(address)) {
      socket.end(writeDisconnection({ code: resultCode.busy, message: 'Too many connections are open.' }));
      return;
    }
    const connection = serveConnection(socket, {
      ctx,
      authenticate,
      traceSearch,
      mayAsk,
      idleMilliseconds,
      messageMilliseconds,
      secureContext: () => createSecureContext(secureOptions()),
    });
    connections.set(socket, { connection, address });
    socket.on('close', () => connections.delete(socket));
  }

  function create(way: Way): PlainServer | TlsServer {
    if (way === 'plain') return createServer(serve);
    // A failed handshake is the client's affair: it does not trust us, or speaks no TLS.
    return createTlsServer({ ...secureOptions(), handshakeTimeout: handshakeMilliseconds }, serve).on('tlsClientError', (_error, socket) => socket.destroy());
  }

  async function openOne(way: Way, wishedPort: number): Promise<void> {
    const server = create(way);
    try {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen({ host, port: wishedPort }, resolve));
      server.removeAllListeners('error');
      server.on('error', (error) => ctx.log.error({ err: error }, 'the directory’s listener failed'));
      listeners.set(way, { server, wishedPort });
      ctx.log.info({ way, port: portOf({ server, wishedPort }) }, 'the directory is open');
    } catch (error) {
      problems.set(way, explain(error, wishedPort));
      ctx.log.error({ err: error, way }, 'the directory could not be opened');
    }
  }

  async function closeOne(way: Way): Promise<void> {
    const listener = listeners.get(way);
    if (listener === undefined) return;
    listeners.delete(way);
    const closed = new Promise<void>((resolve) => listener.server.close(() => resolve()));
    const port = portOf(listener);
    for (const [socket, { connection }] of connections) {
      if (port === 0 || socket.localPort === port) connection.end({ code: resultCode.unavailable, message: 'The directory closes.' });
    }
    await closed;
  }

  async function bring(settings: LdapSettings): Promise<void> {
    problems.clear();
    const wished: Readonly<Record<Way, number | undefined>> = {
      tls: settings.isOn ? settings.tlsPort : undefined,
      plain: settings.isOn && settings.isPlainOn ? settings.plainPort : undefined,
    };
    for (const way of ['tls', 'plain'] as const) {
      const port = wished[way];
      if (listeners.get(way)?.wishedPort !== port) await closeOne(way);
      if (port !== undefined && !listeners.has(way)) await openOne(way, port);
    }
  }

  function after(work: () => Promise<void>): Promise<void> {
    latest = latest.catch(() => undefined).then(work);
    return latest;
  }

  async function follow(): Promise<void> {
    await after(async () => {
      if (host !== undefined) await bring(await readLdapSettings(ctx));
    });
  }

  return {
    follow,
    async open(where) {
      host = where;
      await follow();
    },
    useCertificate() {
      const listener = listeners.get('tls');
      // Only the TLS listener is kept under this name.
      (listener?.server as TlsServer | undefined)?.setSecureContext(secureOptions());
    },
    async state() {
      await latest.catch(() => undefined);
      const settings = await readLdapSettings(ctx);
      const open = (way: Way) => {
        const listener = listeners.get(way);
        return listener === undefined ? null : portOf(listener);
      };
      return {
        settings,
        listening: { tlsPort: open('tls'), plainPort: open('plain') },
        problem: [...problems.values()][0] ?? null,
        warning: settings.isOn && settings.isPlainOn ? warning : null,
        base: suffix,
      };
    },
    async close() {
      host = undefined;
      await after(async () => {
        await closeOne('tls');
        await closeOne('plain');
      });
    },
  };
}
