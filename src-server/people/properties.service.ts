import { recordAct } from '../audit/audit.service.ts';
import { AppError, InvalidInput, NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import { builtInProperties } from './built-in-properties.ts';
import { listActiveLists } from './contact-refresh.queries.ts';
import { filterUses } from './list-filter.ts';
import { findList } from './lists.queries.ts';
import type { ListFilter, Property, PropertyInput, PropertyPatch } from './people.contract.ts';
import { startRefresh } from './people-refresh.service.ts';
import { deleteProperty, findProperty, hasValues, insertProperty, listPropertyRows, updateProperty, type PropertyRow } from './properties.queries.ts';
import { propertyName } from './property-value.ts';
import { optionsOf } from './property-values.service.ts';

/** An active list asks about the property, so it can't go. */
export class PropertyInUse extends AppError {
  readonly kind = 'conflict';
  readonly code = 'property-in-use';

  constructor(property: string, lists: readonly string[]) {
    super(`“${property}” is used by the filter of ${lists.map((name) => `“${name}”`).join(', ')}. Change that filter first.`);
  }
}

const objects = ['contact', 'company', 'deal', 'ticket'] as const;

function toProperty(row: PropertyRow): Property {
  return {
    id: row.id,
    object: row.object as Property['object'], // Both columns are written below only, from the contract's values.
    name: row.name,
    label: row.label,
    type: row.type as Property['type'],
    options: optionsOf(row),
    isBuiltIn: false,
  };
}

/** The properties of one kind of record, or of all: built-in ones first. */
export async function listProperties(ctx: Context, object?: Property['object']): Promise<Property[]> {
  const builtIn = (object === undefined ? objects : [object]).flatMap(builtInProperties);
  const custom = (await listPropertyRows(ctx.db, object)).map(toProperty);
  return [...builtIn, ...custom];
}

/** All of them in one page: there are few. */
export async function pageOfProperties(ctx: Context, object?: Property['object']): Promise<Page<Property>> {
  return { items: await listProperties(ctx, object), nextCursor: null };
}

function requireChoices({ type, options }: { readonly type: Property['type']; readonly options: readonly string[] }): void {
  if (type !== 'choice') return;
  if (options.length === 0) throw new InvalidInput([{ path: 'options', message: 'Write at least one choice.' }]);
  const different = new Set(options.map((option) => option.toLowerCase()));
  if (different.size < options.length) throw new InvalidInput([{ path: 'options', message: 'Two choices are the same. Remove one of them.' }]);
}

/** A name no property of this object has yet: `color`, `color_2`, … */
function freeName(label: string, taken: ReadonlySet<string>): string {
  const name = propertyName(label);
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

export function createProperty(ctx: Context, input: PropertyInput): Promise<Property> {
  return inTransaction(ctx, async (ctx) => {
    requireChoices(input);
    const existing = await listProperties(ctx, input.object);
    const same = existing.find((property) => property.label.toLowerCase() === input.label.toLowerCase());
    if (same !== undefined) throw new InvalidInput([{ path: 'label', message: `There is a property “${same.label}” already. Choose another label.` }]);
    const id = newId();
    const name = freeName(input.label, new Set(existing.map((property) => property.name)));
    const options = input.type === 'choice' ? JSON.stringify(input.options) : null;
    await insertProperty(ctx.db, { id, object: input.object, name, label: input.label, type: input.type, options, created_at: isoNow(ctx) });
    await recordAct(ctx, { action: 'property.added', target: { kind: 'property', id, name: input.label }, detail: { object: input.object, type: input.type } });
    return { id, object: input.object, name, label: input.label, type: input.type, options: options === null ? [] : input.options, isBuiltIn: false };
  });
}

/** Renames a property or changes its choices. Values that were chosen before stay as they are. */
export function changeProperty(ctx: Context, id: string, patch: PropertyPatch): Promise<Property> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findProperty(ctx.db, id);
    if (row === undefined) throw new NotFound('This property');
    const next = {
      ...toProperty(row),
      ...(patch.label === undefined ? {} : { label: patch.label }),
      ...(patch.options === undefined ? {} : { options: patch.options }),
    };
    requireChoices(next);
    await updateProperty(ctx.db, id, { label: next.label, ...(next.type === 'choice' ? { options: JSON.stringify(next.options) } : {}) });
    await recordAct(ctx, { action: 'property.changed', target: { kind: 'property', id, name: next.label }, detail: patch });
    return next;
  });
}

async function listsAskingFor(ctx: Context, property: PropertyRow): Promise<string[]> {
  if (property.object !== 'contact') return [];
  const names: string[] = [];
  for (const row of await listActiveLists(ctx.db)) {
    // Written by lists.service from the contract.
    if (filterUses(JSON.parse(row.filter ?? '{"groups":[]}') as ListFilter, `property:${property.name}`)) {
      names.push((await findList(ctx.db, row.id))?.name ?? row.id);
    }
  }
  return names;
}

/**
 * Removes a property and its values. It is gone from every screen at once; very many values go in the background.
 * @throws PropertyInUse
 */
export function removeProperty(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const row = await findProperty(ctx.db, id);
    if (row === undefined) throw new NotFound('This property');
    const lists = await listsAskingFor(ctx, row);
    if (lists.length > 0) throw new PropertyInUse(row.label, lists);
    await recordAct(ctx, { action: 'property.removed', target: { kind: 'property', id, name: row.label }, detail: { object: row.object } });
    await updateProperty(ctx.db, id, { object: 'removed', name: id });
    await startRefresh(ctx, 'property-removal', id);
  });
}

/** Removes the properties that were made at an instant, an import's say, unless they hold something or a list asks for them. */
export function removeEmptyProperties(ctx: Context, { object, madeAt }: { readonly object: Property['object']; readonly madeAt: string }): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    for (const row of await listPropertyRows(ctx.db, object)) {
      if (row.created_at !== madeAt || (await hasValues(ctx.db, row.id)) || (await listsAskingFor(ctx, row)).length > 0) continue;
      await recordAct(ctx, { action: 'property.removed', target: { kind: 'property', id: row.id, name: row.label }, detail: { object } });
      await deleteProperty(ctx.db, row.id);
    }
  });
}
