import type { z } from 'zod';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { findSettings, saveSettings, settingsOf } from './settings.queries.ts';

/** What an admin edits: one schema a feature, with its defaults in the schema, so that an empty database is a valid one. */
export interface SettingsDefinition<Schema extends z.ZodType> {
  readonly feature: string;
  readonly schema: Schema;
}

export function defineSettings<Schema extends z.ZodType>(feature: string, schema: Schema): SettingsDefinition<Schema> {
  return { feature, schema };
}

// Pages read settings a thousand times a second, and they change once a month: what was parsed is kept with its text.
const parsed = new WeakMap<object, { readonly text: string; readonly value: unknown }>();

function parseOnce<Schema extends z.ZodType>(definition: SettingsDefinition<Schema>, text: string): z.infer<Schema> {
  const known = parsed.get(definition);
  // Made below by this very schema.
  if (known?.text === text) return known.value as z.infer<Schema>;
  const value = definition.schema.parse(JSON.parse(text));
  parsed.set(definition, { text, value: typeof value === 'object' ? Object.freeze(value) : value });
  return value;
}

/** The feature's settings, defaults filled in. They are shared: copy before you change. */
export async function readSettings<Schema extends z.ZodType>(ctx: Context, definition: SettingsDefinition<Schema>): Promise<z.infer<Schema>> {
  const feature = definition.feature;
  const row = ctx.db.isTransaction ? await findSettings(ctx.db, feature) : await ctx.hot.first(settingsOf, { feature });
  return parseOnce(definition, row?.value ?? '{}');
}

/** Changes the fields that are there, keeps the others. */
export function changeSettings<Schema extends z.ZodType>(
  ctx: Context,
  definition: SettingsDefinition<Schema>,
  patch: Partial<z.infer<Schema>>,
): Promise<z.infer<Schema>> {
  return inTransaction(ctx, async (ctx) => {
    const current = await readSettings(ctx, definition);
    const next = definition.schema.parse(Object.assign({}, current, patch));
    await saveSettings(ctx.db, { feature: definition.feature, value: JSON.stringify(next), updated_at: isoNow(ctx) });
    return next;
  });
}
