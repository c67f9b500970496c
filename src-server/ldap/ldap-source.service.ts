import { DeviceScope } from '../devices/devices.contract.ts';
import type { Context } from '../kernel/context.ts';
import { holderOfKey } from '../pbx/source-auth.service.ts';
import { placeOf } from './distinguished-name.ts';

/** The telephone or telephone system that asks, and whom it may know. */
export interface LdapSource {
  readonly id: string;
  readonly name: string;
  readonly directoryId: number;
  /** Null for everybody. */
  readonly listIds: readonly string[] | null;
}

export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly ip: string;
}

/** Telephones that can't write a whole name send its value alone. */
function namedBy(name: string): string | undefined {
  const place = placeOf(name);
  if (place.kind === 'below') return ['cn', 'uid'].includes(place.part.type) ? place.part.value : undefined;
  return place.kind === 'malformed' ? name.trim() : undefined;
}

/**
 * Whom a bind lets in: a telephone or telephone system, by its name or id and its key. Undefined for everybody else.
 * @throws TooManyUnknownKeys
 */
export async function sourceOfBind(ctx: Context, { name, password, ip }: Credentials): Promise<LdapSource | undefined> {
  const holder = await holderOfKey(ctx, password, ip);
  if (holder === undefined || !holder.isAllowedHere) return undefined;
  const { source } = holder;
  const named = namedBy(name)?.toLowerCase();
  if (named === undefined || (named !== source.id && named !== source.name.toLowerCase()) || source.directory_id === null) return undefined;
  const scope = DeviceScope.parse(JSON.parse(source.scope));
  return { id: source.id, name: source.name, directoryId: source.directory_id, listIds: scope.everyone ? null : scope.listIds };
}
