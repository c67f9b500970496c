import type { CallerMatch } from '../caller-id/caller-id.contract.ts';
import type { Context } from '../kernel/context.ts';
import { explainNumberProblem } from '../phone-numbers/number-problems.ts';
import type { ReadNumber } from '../phone-numbers/phone-number.ts';
import { listPresentableOf, rankedMembers } from './directory-members.queries.ts';
import type { DirectoryRow } from './directory.queries.ts';
import { listsOfKey } from './scope.service.ts';
import { paddedToPowerOfTwo } from './statement-sizes.ts';

const beingUpdated = 'The desk is just bringing this phone’s contacts up to date.';

/** Whether everybody of these comes after the last one under a cap that is full. */
async function areBeyondCap(ctx: Context, directory: DirectoryRow, contacts: readonly { readonly rank: number }[]): Promise<boolean> {
  if (directory.most === null || directory.member_count < directory.most) return false;
  const last = await rankedMembers(ctx.db, directory.id, { isInside: true, limit: 1 }).executeTakeFirst();
  return last !== undefined && contacts.every(({ rank }) => rank < last.rank);
}

/** Why a phone does not hold the number of somebody whom the desk may name on it, in a sentence. */
export async function whyNotHeld(
  ctx: Context,
  directory: DirectoryRow | undefined,
  { match, read }: { match: CallerMatch; read: ReadNumber },
): Promise<string> {
  if (directory?.state !== 'ready') return 'The contacts of this phone are still being prepared.';
  if (match.match === 'ddi') return 'It is a direct number of a switchboard, of which phones hold the main number only.';
  if (read.e164 === null) return 'The number does not come complete, and phones hold complete ones.';
  if (match.match === 'alias') return 'It is another form of the number in the contact, and phones hold that one.';

  const lists = listsOfKey(directory.scope);
  const people = match.candidates;
  if (people.length === 0) {
    const getsEverybody = lists === null && directory.most === null;
    return getsEverybody ? beingUpdated : 'The number of a company alone is given only to phones that get everybody.';
  }
  const named = people.filter(({ name }) => name !== '');
  if (named.length === 0) return 'This contact has no name, so phones do not get it.';

  const ids = paddedToPowerOfTwo(named.map(({ id }) => id));
  const inLists = await listPresentableOf(ctx.db, ids, lists).execute();
  if (inLists.length === 0) return 'It is not in the lists this phone gets.';
  if (!(await areBeyondCap(ctx, directory, inLists))) return beingUpdated;
  return `It is not among the ${directory.most?.toLocaleString('en')} most recently active contacts this phone gets.`;
}

/** Why nobody is found by a number. */
export function whyNobody(read: ReadNumber): string {
  if (read.kind === 'withheld') return 'The caller withholds the number.';
  if (read.kind !== 'unreadable') return 'Nobody is known by this number.';
  return `This can’t be read as a telephone number. ${explainNumberProblem(read.problem)} Write it in full, for example +48 22 123 45 67.`;
}
