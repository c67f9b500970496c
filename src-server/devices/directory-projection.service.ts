import { labelsFor, type DirectoryLabel } from '../caller-id/directory-labels.service.ts';
import { changesAfter, newestChange } from '../database/change-log.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { collect, openBatch, reviewDirectoriesOf } from './directory-build.service.ts';
import { cardOf, renderCards } from './directory-cards.service.ts';
import {
  addWorkOfCompanies,
  addWorkOfSources,
  anyUnfinished,
  anyWork,
  deleteWork,
  findDirectory,
  findPosition,
  listDirectories,
  listEntries,
  listShownDigits,
  listWork,
  projectedPosition,
  putEntries,
  refreshSources,
  rememberOwners,
  setPosition,
  updateDirectory,
  type DirectoryRow,
  type EntryRow,
} from './directory.queries.ts';
import { isCapped, refill, reviewMembers } from './directory-members.service.ts';
import { listsOfKey, showsCompanies } from './scope.service.ts';
import { paddedToPowerOfTwo } from './statement-sizes.ts';

// Directories are a reading of the change log. A change first turns into work, the numbers whose labels it may touch,
// and work is then rendered a little at a time, the lowest numbers first. Both cost as much as the change, never as much
// as the database; no transaction is long enough to be felt.

const changesAtOnce = 300;
const numbersAtOnce = 256;

function idsOf(changes: readonly { readonly entity: string; readonly entity_id: string; readonly op: string }[], entity: string, op?: string): string[] {
  return [...new Set(changes.filter((change) => change.entity === entity && (op === undefined || change.op === op)).map((change) => change.entity_id))];
}

/** True when something was committed that no directory reflects. */
async function hasNews(ctx: Context): Promise<boolean> {
  const newest = (await ctx.hot.first(newestChange, {}))?.seq ?? 0;
  return newest > ((await ctx.hot.first(projectedPosition, {}))?.value ?? 0);
}

/** Turns the next changes into work. False when there were none. */
async function noteChanges(ctx: Context): Promise<boolean> {
  if (!(await hasNews(ctx))) return false;
  return await inTransaction(ctx, async (ctx) => {
    const changes = await changesAfter(ctx.db, await findPosition(ctx.db), changesAtOnce);
    const last = changes.at(-1);
    if (last === undefined) return false;
    const directories = await listDirectories(ctx.db);
    if (directories.length > 0) {
      for (const kind of ['contact', 'company'] as const) {
        const owners = paddedToPowerOfTwo(idsOf(changes, kind));
        if (owners.length === 0) continue;
        await addWorkOfSources(ctx.db, owners);
        await refreshSources(ctx.db, kind, owners);
        await addWorkOfSources(ctx.db, owners);
        if (kind === 'company') await addWorkOfCompanies(ctx.db, owners);
      }
      for (const directory of directories.filter(isCapped)) await reviewMembers(ctx, directory.id, idsOf(changes, 'contact'));
      await reviewDirectoriesOf(ctx, directories, new Set(idsOf(changes, 'list', 'delete')));
    }
    await setPosition(ctx.db, last.seq);
    return true;
  });
}

function isShown(entry: EntryRow | undefined): boolean {
  return entry !== undefined && entry.is_removed === 0;
}

/** True when what phones are given differs from what they should be. */
function differs(entry: EntryRow | undefined, label: DirectoryLabel | undefined): boolean {
  if (label === undefined) return isShown(entry);
  return !isShown(entry) || entry?.label !== label.label || entry.contact_id !== label.contactId;
}

/** What phones of the directory's scope show for the numbers; those that nobody may be shown for are left out. */
async function labelsOf(ctx: Context, directory: DirectoryRow, digits: readonly number[]): Promise<Map<number, DirectoryLabel>> {
  const e164s = paddedToPowerOfTwo(digits).map((number) => `+${number}`);
  await rememberOwners(ctx.db, e164s);
  const labels = await labelsFor(ctx, e164s, {
    listIds: listsOfKey(directory.scope),
    withoutCompanies: !showsCompanies(directory.scope),
    ...(isCapped(directory) ? { directoryId: directory.id } : {}),
  });
  return new Map([...labels].flatMap(([e164, label]) => (label === null || label.label === '' ? [] : [[Number(e164.slice(1)), label]])));
}

/** True when the entry does not say yet whose number it is: written before there were cards. */
function lacksKind(entry: EntryRow | undefined, label: DirectoryLabel | undefined): boolean {
  return entry !== undefined && label !== undefined && entry.kind !== label.kind;
}

/** Renders numbers, ascending, and the cards they are on. */
async function render(ctx: Context, directory: DirectoryRow, digits: readonly number[]): Promise<void> {
  const last = digits.at(-1) ?? 0;
  const isBuilding = directory.state === 'rendering';
  let batch: Promise<number> | undefined;
  const newBatch = () => (batch ??= openBatch(ctx));
  const labels = await labelsOf(ctx, directory, digits);
  const present = new Map((await listEntries(ctx.db, directory.id, paddedToPowerOfTwo(digits))).map((entry) => [entry.digits, entry]));
  const changed = digits.filter((number) => differs(present.get(number), labels.get(number)));
  // What comes with the first build belongs to its one batch: a phone that reads along needs none of it twice.
  const isFirst = (number: number) => isBuilding && number > directory.rendered_through && !present.has(number);
  const seq = changed.every(isFirst) ? directory.first_seq : await newBatch();
  const seqOf = (number: number) => (isFirst(number) ? directory.first_seq : seq);
  const isChanged = new Set(changed);
  const regrouped = digits.filter((number) => !isChanged.has(number) && lacksKind(present.get(number), labels.get(number)));

  if (changed.length + regrouped.length > 0) {
    await putEntries(
      ctx.db,
      [...changed, ...regrouped].map((number) => {
        const label = labels.get(number);
        return {
          directory_id: directory.id,
          digits: number,
          label: label?.label ?? '',
          contact_id: label?.contactId ?? '',
          // The group of a number is no news to phones that hold single numbers.
          seq: isChanged.has(number) ? seqOf(number) : (present.get(number)?.seq ?? seq),
          is_removed: label === undefined ? 1 : 0,
          kind: label?.kind ?? '',
        } as const;
      }),
    );
  }
  const difference = changed.reduce((sum, number) => sum + (labels.has(number) ? 1 : 0) - (isShown(present.get(number)) ? 1 : 0), 0);
  await updateDirectory(ctx.db, directory.id, {
    entry_count: directory.entry_count + difference,
    newest_seq: Math.max(directory.newest_seq, seq),
    rendered_through: isBuilding ? Math.max(directory.rendered_through, last) : directory.rendered_through,
  });
  if (isBuilding || directory.cards_state === 'off') return;
  const cards = digits.flatMap((number) => {
    const [before, label] = [present.get(number), labels.get(number)];
    const old = isShown(before) && before !== undefined ? cardOf(number, { kind: before.kind, contactId: before.contact_id }) : undefined;
    return [old, label === undefined ? undefined : cardOf(number, label)].filter((card) => card !== undefined);
  });
  await renderCards(ctx, directory, { cards: new Set(cards), labels, openBatch: newBatch });
}

/** The first build of the cards: all numbers once more, as they are grouped by owner and not by number. */
async function buildCards(ctx: Context, directory: DirectoryRow): Promise<void> {
  const digits = await listShownDigits(ctx.db, directory.id, { after: directory.cards_through, limit: numbersAtOnce });
  const last = digits.at(-1);
  if (last !== undefined) await render(ctx, directory, digits);
  await updateDirectory(ctx.db, directory.id, last === undefined ? { cards_state: 'ready' } : { cards_through: last });
}

async function renderNext(ctx: Context, directory: DirectoryRow): Promise<boolean> {
  const digits = await listWork(ctx.db, directory.id, numbersAtOnce);
  const last = digits.at(-1);
  if (last !== undefined) {
    await render(ctx, directory, digits);
    await deleteWork(ctx.db, directory.id, last);
    return true;
  }
  if (directory.state === 'rendering') {
    await updateDirectory(ctx.db, directory.id, { state: 'ready' });
    return true;
  }
  if (isCapped(directory) && (await refill(ctx, directory))) return true;
  if (directory.cards_state !== 'building') return false;
  await buildCards(ctx, directory);
  return true;
}

/** One step of every directory. False when all of them are up to date. */
async function advance(ctx: Context): Promise<boolean> {
  let isBusy = false;
  for (const { id } of await listDirectories(ctx.db)) {
    const moved = await inTransaction(ctx, async (ctx) => {
      const directory = await findDirectory(ctx.db, id);
      if (directory === undefined || directory.state === 'dropped') return false;
      if (directory.state !== 'collecting') return renderNext(ctx, directory);
      await collect(ctx, directory);
      return true;
    });
    isBusy ||= moved;
  }
  return isBusy;
}

/** Brings the directories up to date with what was committed, for at most about `milliseconds`. True when nothing is left. */
export async function projectDirectories(ctx: Context, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (performance.now() < deadline) {
    const noted = await noteChanges(ctx);
    const advanced = await advance(ctx);
    if (!noted && !advanced) return true;
    // Lets requests in between two steps.
    await new Promise((resume) => setImmediate(resume));
  }
  return false;
}

/** True when there is something to project: a few cheap reads. */
export async function isBehind(ctx: Context): Promise<boolean> {
  return (await hasNews(ctx)) || (await ctx.hot.first(anyWork, {})) !== undefined || (await ctx.hot.first(anyUnfinished, {})) !== undefined;
}
