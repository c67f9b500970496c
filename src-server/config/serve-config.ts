import { isIP } from 'node:net';
import { dataFolderOf, readFlags, WrongUsage } from './flags.ts';

/** How a server process starts: parsed once, frozen. What an admin edits while it runs is in settings/. */
export interface ServeConfig {
  readonly dataFolder: string;
  /** Address the LAN plane listens on; `0.0.0.0`: every IPv4 network of this PC, `::`: IPv6 too. */
  readonly lanHost: string;
  readonly lanPort: number;
  readonly adminPort: PortChoice;
  /** Plain HTTP for a phone's first contact. */
  readonly bootstrapPort: PortChoice;
  /** The key of the data folder is lost for good: a new one is made, and what the old one sealed is given up. */
  readonly newKey: boolean;
  readonly json: boolean;
  readonly logLevel: string;
  readonly openApi: boolean;
}

/** A port that was asked for must be had; a default one may give way to a free one, since nobody remembers it. */
export interface PortChoice {
  readonly port: number;
  readonly isAskedFor: boolean;
}

export const defaultPorts = { lan: 8443, admin: 8441, bootstrap: 8480 } as const;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function readPort(flag: string, value: string): number {
  const port = Number(value);
  if (!/^\d+$/u.test(value) || port > 65_535) {
    throw new WrongUsage(`“${value}” is not a port for ${flag}. Give a number from 1 to 65535, or 0 for a free one.`);
  }
  return port;
}

function choosePort(flag: string, value: string | undefined, fallback: number): PortChoice {
  return value === undefined ? { port: fallback, isAskedFor: false } : { port: readPort(flag, value), isAskedFor: true };
}

function readHost(value: string | undefined): string {
  if (value === undefined) return '0.0.0.0';
  if (isIP(value) === 0) {
    throw new WrongUsage(`“${value}” is not an address for --lan-host. Give one of this PC’s addresses, such as 192.168.1.10, or 0.0.0.0 for all of them.`);
  }
  return value;
}

function readLogLevel(value: string | undefined): string {
  if (value === undefined || value === '') return 'info';
  if (!logLevels.includes(value)) throw new WrongUsage(`“${value}” is not a level for DOORLINE_LOG_LEVEL. Use one of ${logLevels.join(', ')}.`);
  return value;
}

/**
 * Reads `doorline serve`'s flags.
 * @throws WrongUsage naming the flag.
 */
export function parseServeConfig(args: readonly string[], environment: NodeJS.ProcessEnv): ServeConfig {
  const { values } = readFlags(args, {
    data: { type: 'string' },
    'lan-host': { type: 'string' },
    'lan-port': { type: 'string' },
    'admin-port': { type: 'string' },
    'bootstrap-port': { type: 'string' },
    'no-api-docs': { type: 'boolean' },
    'new-key': { type: 'boolean' },
  });
  return Object.freeze({
    dataFolder: dataFolderOf(values.data),
    lanHost: readHost(values['lan-host']),
    lanPort: readPort('--lan-port', values['lan-port'] ?? String(defaultPorts.lan)),
    adminPort: choosePort('--admin-port', values['admin-port'], defaultPorts.admin),
    bootstrapPort: choosePort('--bootstrap-port', values['bootstrap-port'], defaultPorts.bootstrap),
    newKey: values['new-key'] === true,
    json: values.json === true,
    logLevel: readLogLevel(environment['DOORLINE_LOG_LEVEL']),
    openApi: values['no-api-docs'] !== true,
  });
}
