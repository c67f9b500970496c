import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { programFolder } from '#server/config/program-folder.ts';
import { runCli } from './running-desk.ts';

/** A desk with a million contacts and 200,000 tickets, as `doorline seed` makes it. */
export interface MillionDesk {
  readonly folder: string;
  /** Addresses of members who can sign in with `password`. */
  readonly members: readonly string[];
  readonly password: string;
}

const password = 'a million people';
const root = programFolder(import.meta.dirname);

/** Changes whenever a seeded desk would look different. */
function fingerprint(): string {
  const sources = ['database/migrations', 'seed', 'phone-numbers', 'people/people-search.ts', 'database/search.ts'].map((part) =>
    path.join(root, 'src-server', part),
  );
  const files = sources.flatMap((source) => (source.endsWith('.ts') ? [source] : readdirSync(source).map((name) => path.join(source, name))));
  const hash = createHash('sha256');
  for (const file of files.sort((left, right) => left.localeCompare(right))) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/**
 * The desk, seeded the first time and kept in `.cache/` for later runs, because seeding takes minutes. What a test leaves
 * behind in it stays there: make what you need, and rely on nothing but the seeded people.
 */
export async function millionDesk(): Promise<MillionDesk> {
  const cache = path.join(root, '.cache');
  const folder = path.join(cache, `million-${fingerprint()}`);
  const note = path.join(folder, 'seeded.json');
  if (!existsSync(note)) {
    mkdirSync(cache, { recursive: true });
    for (const name of readdirSync(cache)) if (name.startsWith('million-')) rmSync(path.join(cache, name), { recursive: true, force: true });
    const fresh = `${folder}.new`;
    const flags = ['--contacts', '1000000', '--tickets', '200000', '--members', '50', '--password', password, '--data', fresh];
    const { code, stdout, stderr } = await runCli(['seed', ...flags]);
    if (code !== 0) throw new Error(`Seeding failed: ${stderr}`);
    writeFileSync(path.join(fresh, 'seeded.json'), stdout);
    renameSync(fresh, folder);
  }
  const { members } = JSON.parse(readFileSync(note, 'utf8')) as { members: string[] };
  return { folder, members, password };
}
