import { parseArgs } from 'node:util';
import { InvalidInput } from '../kernel/app-error.ts';

/** How a server process starts: parsed once, frozen. What an admin edits while it runs is in settings/. */
export interface ServeConfig {
  readonly dataFolder: string;
  /** Address the LAN plane listens on; `0.0.0.0`: every network of this PC. */
  readonly lanHost: string;
  readonly lanPort: number;
  readonly adminPort: number;
  /** Plain HTTP for a phone's first contact. */
  readonly bootstrapPort: number;
  readonly json: boolean;
  readonly logLevel: string;
  readonly openApi: boolean;
}

export const defaultPorts = { lan: 8443, admin: 8441, bootstrap: 8480 } as const;

function readPort(flag: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (!/^\d+$/u.test(value) || port > 65_535) {
    throw new InvalidInput([{ path: flag, message: `“${value}” is not a port. Give a number from 1 to 65535, or 0 for a free one.` }]);
  }
  return port;
}

/**
 * Reads `doorline serve`'s flags.
 * @throws InvalidInput naming the flag.
 */
export function parseServeConfig(args: readonly string[], environment: NodeJS.ProcessEnv): ServeConfig {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      'lan-host': { type: 'string' },
      'lan-port': { type: 'string' },
      'admin-port': { type: 'string' },
      'bootstrap-port': { type: 'string' },
      json: { type: 'boolean', default: false },
      'no-api-docs': { type: 'boolean', default: false },
    },
    strict: true,
  });
  if (values.data === undefined || values.data === '')
    throw new InvalidInput([{ path: '--data', message: 'Name the folder that holds the desk’s data: --data DIR.' }]);
  return Object.freeze({
    dataFolder: values.data,
    lanHost: values['lan-host'] ?? '0.0.0.0',
    lanPort: readPort('--lan-port', values['lan-port'], defaultPorts.lan),
    adminPort: readPort('--admin-port', values['admin-port'], defaultPorts.admin),
    bootstrapPort: readPort('--bootstrap-port', values['bootstrap-port'], defaultPorts.bootstrap),
    json: values.json,
    logLevel: environment['DOORLINE_LOG_LEVEL'] ?? 'info',
    openApi: !values['no-api-docs'],
  });
}
