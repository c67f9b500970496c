import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line can't be understood. Ends the program with code 2. */
export class WrongUsage extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;
type Flags<Given extends Options> = ReturnType<typeof parseArgs<{ options: Given & { json: { type: 'boolean' } }; allowPositionals: true; strict: true }>>;

/** What Node says of a flag, as one sentence. */
function whyOf(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\n|\. /u);
  const flag = /'(--[\w-]+)/u.exec(first)?.[1];
  if (first.includes('ambiguous')) return `What follows ${flag ?? 'the flag'} begins with a dash: write ${flag ?? '--flag'}=VALUE if it is meant so.`;
  return `${first.replace(/\.$/u, '')}.`;
}

/**
 * Reads a command's flags; every command takes `--json`. `positionals` says how many words without dashes it takes.
 * @throws WrongUsage in one sentence that names the flag.
 */
export function readFlags<Given extends Options>(
  args: readonly string[],
  options: Given,
  positionals: { readonly names: readonly string[] } = { names: [] },
): Flags<Given> {
  let read: Flags<Given>;
  try {
    read = parseArgs({ args: [...args], options: { ...options, json: { type: 'boolean' } }, allowPositionals: true, strict: true });
  } catch (error) {
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new WrongUsage(`${whyOf(error)} This command knows ${[...known, '--json'].join(', ')}.`);
  }
  const { names } = positionals;
  const missing = names[read.positionals.length];
  if (missing !== undefined) throw new WrongUsage(`${missing} is missing. See “doorline help”.`);
  const extra = read.positionals[names.length];
  if (extra !== undefined) throw new WrongUsage(`“${extra}” is one word too many. See “doorline help”.`);
  return read;
}

/** The folder of `--data`. @throws WrongUsage when it is missing. */
export function dataFolderOf(value: string | undefined): string {
  if (value === undefined || value.trim() === '') throw new WrongUsage('Name the folder that holds the desk’s data: --data DIR.');
  return value;
}

/** A whole number from `least` to `most`. @throws WrongUsage naming the flag. */
export function readCount(
  flag: string,
  value: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER }: { readonly least?: number; readonly most?: number } = {},
): number {
  const count = Number(value);
  if (!/^\d+$/u.test(value) || count < least || count > most) {
    throw new WrongUsage(`“${value}” does not fit ${flag}: give a whole number from ${least} to ${most}.`);
  }
  return count;
}
