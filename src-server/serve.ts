import path from 'node:path';
import { bootstrapOrigin, portalAddress, refreshAddress } from './certificates/address.service.ts';
import { createBootstrapApp } from './certificates/bootstrap.routes.ts';
import { readPbxSettings } from './pbx/pbx-settings.service.ts';
import { usesLocalAuthority } from './certificates/certificates.service.ts';
import { rememberListeners } from './certificates/listener-settings.ts';
import type { Output } from './commands/output.ts';
import { makeDataFolder } from './config/open-data-folder.ts';
import { parseServeConfig, type PortChoice, type ServeConfig } from './config/serve-config.ts';
import { makeConsoleLink } from './console/console-links.service.ts';
import { takeDataLock } from './database/data-lock.ts';
import type { App } from './http/app-type.ts';
import { AppError } from './kernel/app-error.ts';
import { version } from './kernel/version.ts';
import { createServer, portOf, type Server } from './server.ts';

/** Another process has the data folder. */
class AlreadyRunning extends AppError {
  readonly kind = 'conflict';
  readonly code = 'already-running';

  constructor(folder: string) {
    super(`Doorline is already running on “${folder}”. Open its console with “npx doorline console --data ${folder}”, or stop it first.`);
  }
}

/** A listener could not have its address. */
class CannotListen extends AppError {
  readonly kind = 'unavailable';
  readonly code = 'cannot-listen';
}

function explain(error: unknown, { host, port, flag }: { readonly host: string; readonly port: number; readonly flag: string }): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new CannotListen(`Port ${port} is in use by another program. Stop that program, or choose another port with ${flag} (0 picks a free one).`);
  if (code === 'EACCES') return new CannotListen(`This user may not listen on port ${port}. Choose a port above 1023 with ${flag}.`);
  if (code === 'EADDRNOTAVAIL')
    return new CannotListen(`${host} is not an address of this PC. Choose one that is with --lan-host, or 0.0.0.0 for all of them.`);
  return error instanceof Error ? error : new Error(String(error));
}

async function listen(app: App, where: { readonly host: string; readonly port: number; readonly flag: string }): Promise<number> {
  try {
    await app.listen({ host: where.host, port: where.port });
    return portOf(app);
  } catch (error) {
    throw explain(error, where);
  }
}

/** Listens on the chosen port, or on a free one when it was only our habit. */
async function listenOrMove(makeApp: () => App, where: { readonly host: string; readonly choice: PortChoice; readonly flag: string }): Promise<App> {
  const { host, choice, flag } = where;
  const app = makeApp();
  try {
    await listen(app, { host, port: choice.port, flag });
    return app;
  } catch (error) {
    await app.close();
    if (choice.isAskedFor || choice.port === 0 || !(error instanceof CannotListen)) throw error;
    const moved = makeApp();
    await listen(moved, { host, port: 0, flag });
    return moved;
  }
}

/** The plain-HTTP door, open only while phones have a certificate authority of ours to learn, or may read phone books without encryption. */
function bootstrapDoor(server: () => Server, config: ServeConfig) {
  const ctx = () => server().ctx;
  let app: App | undefined;
  let latest: Promise<void> = Promise.resolve();

  async function openOrClose(): Promise<void> {
    const isWanted = (await usesLocalAuthority(ctx())) || (await readPbxSettings(ctx())).plainPhoneBooks;
    if (isWanted && app === undefined) {
      app = await listenOrMove(() => createBootstrapApp(server().ctx, (app) => server().addPlainRoutes(app)), {
        host: config.lanHost,
        choice: config.bootstrapPort,
        flag: '--bootstrap-port',
      });
    } else if (!isWanted && app !== undefined) {
      await app.close();
      app = undefined;
    }
    await rememberListeners(ctx(), { bootstrapPort: app === undefined ? 0 : portOf(app) });
  }

  /** Opens or closes the door as the certificate in use asks for; one change after the other. */
  function follow(): Promise<void> {
    latest = latest.catch(() => undefined).then(openOrClose);
    return latest;
  }

  return {
    follow,
    /** The same while the server runs: a door that can't be opened is no reason to refuse the certificate. */
    async followLater(): Promise<void> {
      await follow().catch((error: unknown) => ctx().log.error({ err: error }, 'the door for phones could not be opened'));
    },
    async close(): Promise<void> {
      await latest.catch(() => undefined);
      await app?.close();
    },
  };
}

/** A server that listens. */
export interface RunningServer {
  readonly server: Server;
  readonly adminUrl: string;
  readonly lanUrl: string;
  /** The certificate page for phones; null when none is needed. */
  readonly bootstrapUrl: string | null;
  /** Takes no more requests, lets running ones end, flushes, releases the data folder. */
  stop(): Promise<void>;
}

/**
 * Starts the whole server as configured.
 * @throws AppError in one sentence: the folder is in use, a port is taken, the database is newer or damaged.
 */
export async function startServer(config: ServeConfig): Promise<RunningServer> {
  makeDataFolder(config.dataFolder);
  const root = path.resolve(config.dataFolder);
  const lock = takeDataLock(root);
  if (lock === undefined) throw new AlreadyRunning(root);

  const closing: (() => Promise<void>)[] = [async () => lock.release()];
  async function stop(): Promise<void> {
    for (const close of closing.splice(0).reverse()) await close();
  }
  try {
    const server: Server = await createServer({ ...config, onCertificate: () => door.followLater() });
    const door = bootstrapDoor(() => server, config);
    closing.push(() => server.close());
    const { ctx } = server;

    const lanPort = await listen(server.lan, { host: config.lanHost, port: config.lanPort, flag: '--lan-port' });
    const adminPort = await listenAdmin(server.admin, config.adminPort);
    await rememberListeners(ctx, { lanHost: config.lanHost, lanPort, adminPort });
    await refreshAddress(ctx);
    closing.push(() => door.close());
    await door.follow();
    // A port of the directory that is taken is told on the console; it is no reason not to start.
    await server.ldap.open(config.lanHost);
    server.startJobs();

    const [portal, bootstrap] = await Promise.all([portalAddress(ctx), bootstrapOrigin(ctx)]);
    return { server, adminUrl: `http://127.0.0.1:${adminPort}`, lanUrl: portal.origin, bootstrapUrl: bootstrap === null ? null : `${bootstrap}/s`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Loopback only, whatever the configuration says of the LAN. */
async function listenAdmin(admin: App, { port, isAskedFor }: PortChoice): Promise<number> {
  const where = { host: '127.0.0.1', port, flag: '--admin-port' };
  try {
    return await listen(admin, where);
  } catch (error) {
    if (isAskedFor || port === 0 || !(error instanceof CannotListen)) throw error;
    // A failed listen leaves the instance as it was before, so it may try again.
    return listen(admin, { ...where, port: 0 });
  }
}

async function announce(running: RunningServer, config: ServeConfig, out: Output): Promise<void> {
  const { adminUrl, lanUrl, bootstrapUrl, server } = running;
  if (out.isJson) {
    out.result({ event: 'ready', lanUrl, adminUrl, adminToken: server.adminToken, version, bootstrapUrl }, '');
    return;
  }
  const link = await makeConsoleLink(server.ctx);
  out.say(
    [
      `Doorline ${version} is running.`,
      `  Customers and phones     ${lanUrl}/`,
      ...(bootstrapUrl === null ? [] : [`  A phone’s first contact  ${bootstrapUrl}`]),
      `  Console on this PC       ${link.url}`,
      '                           (works once, within 15 minutes)',
      `  A new console link       npx doorline console --data ${config.dataFolder}`,
      'Press Ctrl+C to stop.',
    ].join('\n'),
  );
}

/** Electron's channel to its parent; plain Node has none. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void;
}

/** Resolves when somebody wants this process to end: a signal, or, since Windows has none, the desktop's message or the end of our input. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const parentPort = (process as { readonly parentPort?: ParentPort }).parentPort;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
    if (process.env['DOORLINE_ENDS_WITH_STDIN'] === '1') process.stdin.on('end', () => resolve()).resume();
    parentPort?.on('message', ({ data }) => {
      if ((data as { readonly event?: unknown } | null)?.event === 'stop') resolve();
    });
  });
}

/** Exit code after a bug, so that whoever supervises the server starts it again; after a refusal (1) that would not help. */
const fellOver = 70;

/** `doorline serve`: runs until it is asked to stop. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const config = parseServeConfig(args, process.env);
  const stopped = untilStopped();
  const running = await startServer(config);
  const { log } = running.server.ctx;
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the server fell over');
    out.warn('The server fell over; its log says why.');
    process.exit(fellOver);
  });
  await announce(running, config, out);
  log.info({ version, lanUrl: running.lanUrl }, 'ready');

  await stopped;
  log.info('stopping');
  await running.stop();
  return 0;
}
