import { InvalidInput } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import type { DeviceScope, PhoneScope } from './devices.contract.ts';
import { listExistingLists } from './devices.queries.ts';

/**
 * Checks a scope and puts it into its one form: everyone and no list, or lists sorted by id. What else it says stays.
 * @throws InvalidInput
 */
export async function checkScope<Scope extends DeviceScope>(ctx: Context, scope: Scope): Promise<Scope> {
  const most = scope.most ?? null;
  if (scope.everyone) return { ...scope, listIds: [], most };
  const listIds = [...new Set(scope.listIds)].sort();
  if (listIds.length === 0) throw new InvalidInput([{ path: 'scope.listIds', message: 'Choose at least one list, or everyone.' }]);
  const existing = new Set((await listExistingLists(ctx.db, listIds)).map((list) => list.id));
  const missing = listIds.flatMap((id, index) =>
    existing.has(id) ? [] : [{ path: `scope.listIds[${index}]`, message: 'This list is not there any more. Choose another.' }],
  );
  if (missing.length > 0) throw new InvalidInput(missing);
  return { ...scope, listIds, most };
}

/** What a directory holds of people: all, or names without their companies. */
const withoutCompanies = '!';

/**
 * A scope as the key under which devices share a directory: `all`, or list ids; `#` and the cap behind it, if any; `!`
 * at its end where companies do not stand beside names.
 */
export function scopeKey(scope: DeviceScope & Partial<Pick<PhoneScope, 'showsCompany'>>): string {
  const who = scope.everyone ? 'all' : scope.listIds.join(',');
  return `${who}${scope.most === null ? '' : `#${scope.most}`}${scope.showsCompany === false ? withoutCompanies : ''}`;
}

/** Whether companies stand beside names in the directory of a key. */
export function showsCompanies(key: string): boolean {
  return !key.endsWith(withoutCompanies);
}

/** The lists of a key; null for everyone. */
export function listsOfKey(key: string): string[] | null {
  const [who = ''] = key.split(/[#!]/u);
  return who === 'all' ? null : who.split(',');
}
