import { InvalidInput } from '../kernel/app-error.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import type { Property } from './people.contract.ts';
import { deleteValue, deleteValuesOf, listPropertyRows, listValues, saveValue, type PropertyRow } from './properties.queries.ts';
import { readPropertyValue, type PropertyType } from './property-value.ts';

/** Values of custom properties by internal name. */
export type Values = Readonly<Record<string, string>>;

/** The choices of a property row. */
export function optionsOf(row: PropertyRow): string[] {
  // Written by properties.service only, from the contract's array of strings.
  return row.options === null ? [] : (JSON.parse(row.options) as string[]);
}

/** The custom properties' values of some records. A record without any is in the map with an empty object. */
export async function readPropertyValues(ctx: Context, object: Property['object'], recordIds: readonly string[]): Promise<Map<string, Record<string, string>>> {
  const values = new Map<string, Record<string, string>>(recordIds.map((id) => [id, {}]));
  if (recordIds.length === 0) return values;
  for (const row of await listValues(ctx.db, object, recordIds)) {
    const record = values.get(row.record_id);
    if (record !== undefined) record[row.name] = row.value;
  }
  return values;
}

/**
 * Writes the values that are given, in the caller's transaction; an empty one is removed, the others stay.
 * @throws InvalidInput naming `properties.NAME` for an unknown property or a value that does not fit its type.
 */
export function writePropertyValues(
  ctx: Context,
  { object, recordId, values }: { readonly object: Property['object']; readonly recordId: string; readonly values: Values },
): Promise<void> {
  const given = Object.entries(values);
  if (given.length === 0) return Promise.resolve();
  return inTransaction(ctx, async (ctx) => {
    const known = new Map((await listPropertyRows(ctx.db, object)).map((row) => [row.name, row]));
    const problems: { path: string; message: string }[] = [];
    const writes: { property: PropertyRow; value: string }[] = [];
    for (const [name, typed] of given) {
      const property = known.get(name);
      if (property === undefined) {
        problems.push({ path: `properties.${name}`, message: 'There is no such property. Add it in the settings first.' });
        continue;
      }
      // The column is written from the contract's values.
      const read = readPropertyValue({ type: property.type as PropertyType, options: optionsOf(property) }, typed);
      if ('problem' in read) problems.push({ path: `properties.${name}`, message: read.problem });
      else writes.push({ property, value: read.value });
    }
    if (problems.length > 0) throw new InvalidInput(problems);

    for (const { property, value } of writes) {
      if (value === '') await deleteValue(ctx.db, property.id, recordId);
      else await saveValue(ctx.db, { property_id: property.id, record_id: recordId, value });
    }
  });
}

/** Forgets the values of a record that goes. */
export async function removePropertyValues(ctx: Context, recordId: string): Promise<void> {
  await deleteValuesOf(ctx.db, recordId);
}
