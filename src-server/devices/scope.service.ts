import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import type { DeviceScope } from './devices.contract.ts';
import { listExistingLists } from './devices.queries.ts';

/**
 * Checks a scope and puts it into its one form: everyone and no list, or lists sorted by id.
 * @throws InvalidInput
 */
export async function checkScope(ctx: Context, scope: DeviceScope): Promise<DeviceScope> {
  const most = scope.most ?? null;
  if (scope.everyone) return { everyone: true, listIds: [], most };
  const listIds = [...new Set(scope.listIds)].sort();
  if (listIds.length === 0) throw new InvalidInput([{ path: 'scope.listIds', message: 'Choose at least one list, or everyone.' }]);
  const existing = new Set((await listExistingLists(ctx.db, listIds)).map((list) => list.id));
  const missing = listIds.flatMap((id, index) =>
    existing.has(id) ? [] : [{ path: `scope.listIds[${index}]`, message: 'This list is not there any more. Choose another.' }],
  );
  if (missing.length > 0) throw new InvalidInput(missing);
  return { everyone: false, listIds, most };
}

/** A scope as the key under which devices share a directory: `all`, or list ids; `#` and the cap behind it, if any. */
export function scopeKey(scope: DeviceScope): string {
  const who = scope.everyone ? 'all' : scope.listIds.join(',');
  return scope.most === null ? who : `${who}#${scope.most}`;
}

/** The lists of a key; null for everyone. */
export function listsOfKey(key: string): string[] | null {
  const [who = ''] = key.split('#');
  return who === 'all' ? null : who.split(',');
}
