import { createOutput, type Run } from './commands/output.ts';
import { WrongUsage } from './config/flags.ts';
import { limitHeap } from './config/heap-limit.ts';
import { diskFailureOf } from './database/disk-failure.ts';
import { AppError } from './kernel/app-error.ts';
import { speakPlainly } from './kernel/plain-words.ts';
import { version } from './kernel/version.ts';

interface Command {
  readonly usage: string;
  readonly does: string;
  /** Loaded only when it is asked for, so that `--version` does not open the database library. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

const commands: Readonly<Record<string, Command>> = {
  serve: {
    usage: 'serve --data DIR [--lan-host H] [--lan-port N] [--admin-port N] [--bootstrap-port N] [--no-api-docs] [--new-key]',
    does: 'run the server',
    load: () => import('./serve.ts'),
  },
  console: { usage: 'console --data DIR', does: 'print a new one-time link to the console of the running server', load: () => import('./commands/console.ts') },
  seed: {
    usage: 'seed --contacts N --tickets N [--members M --password P] --data DIR',
    does: 'fill a desk with demo data',
    load: () => import('./commands/seed.ts'),
  },
  import: {
    usage:
      'import FILE --object contacts|companies|tickets|deals [--map MAP.json] [--dry-run] [--country PL] [--on-existing take-theirs|keep-ours|fill-empty] --data DIR',
    does: 'bring in a CSV file, as the import wizard does. Works while the server runs',
    load: () => import('./commands/import.ts'),
  },
  backup: { usage: 'backup FILE --data DIR', does: 'write everything into one file, also while the server runs', load: () => import('./commands/backup.ts') },
  restore: { usage: 'restore FILE --data DIR', does: 'put a backup in place; the old data is kept beside it', load: () => import('./commands/restore.ts') },
  check: { usage: 'check --data DIR', does: 'look through database, files and audit log', load: () => import('./commands/check.ts') },
  device: {
    usage: 'device pair --name NAME [--lease-days N|never] [--approve] [--any-network] | list | revoke ID, each with --data DIR',
    does: 'pair a phone by a QR code in the terminal; list and revoke phones. Works while the server runs',
    load: () => import('./commands/device.ts'),
  },
};

function help(): string {
  return [
    `Doorline ${version}: the support desk for one office.`,
    '',
    ...Object.values(commands).flatMap(({ usage, does }) => [`  doorline ${usage}`, `      ${does}`]),
    '',
    'Every command takes --json for one JSON object a line. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.',
  ].join('\n');
}

/** One sentence for the person at the keyboard. What we did not expect keeps its stack, for whoever has to mend it. */
function complaint(thrown: unknown): string {
  const error = diskFailureOf(thrown) ?? thrown;
  if (error instanceof AppError || error instanceof WrongUsage) return error.message;
  return `Doorline failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  const out = createOutput(rest.includes('--json'));
  if (name === '--version' || name === '-v') {
    out.say(version);
    return 0;
  }
  if (name === 'help' || name === '--help' || name === '-h' || rest.includes('--help')) {
    out.say(help());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    out.warn(`There is no command “${name}”. Commands: ${Object.keys(commands).join(', ')}. See “doorline help”.`);
    return 2;
  }
  if (name === 'serve') limitHeap();
  try {
    const { run } = await command.load();
    return await run(rest, out);
  } catch (error) {
    out.warn(complaint(error));
    return error instanceof WrongUsage ? 2 : 1;
  }
}

// Whatever this process writes is for this user only, also in a folder that others may enter.
process.umask(0o077);
speakPlainly();
process.exitCode = await main(process.argv.slice(2));
// A command that is done ends, whatever a library still keeps open.
process.exit();
