import type { Context } from '../kernel/context.ts';
import type { PropertyValue } from '../people/bulk-people.service.ts';
import type { Property } from '../people/people.contract.ts';
import { createProperty, listProperties } from '../people/properties.service.ts';
import { propertyName, readPropertyValue } from '../people/property-value.ts';
import { readDay } from './dates.ts';
import type { Column, Remark } from './row-reader.ts';
import { propertyOf } from './targets.ts';
import { readAmount } from './values.ts';

/** Brings the values of custom properties in, making those that are missing. */
export interface PropertyWriter {
  /** What to save for these values by name; those that don't fit their property are left out with a remark. */
  valuesOf(ctx: Context, values: Readonly<Record<string, string>>): Promise<{ readonly values: PropertyValue[]; readonly remarks: Remark[] }>;
}

interface Known {
  readonly id: string;
  readonly type: Property['type'];
  readonly options: readonly string[];
}

const longestLabel = 120;

/** `additional_emails` → `Additional emails`. */
function labelOf(name: string, columns: readonly Column[]): string {
  const column = columns.find(({ target, header }) => propertyOf(target) === name || propertyName(header) === name);
  const words = name.replaceAll('_', ' ');
  return (column?.header ?? words.charAt(0).toUpperCase() + words.slice(1)).slice(0, longestLabel);
}

/** The value in the form its property keeps: dates and numbers of exports are written in many ways. */
function fitted(property: Known, text: string, column: Column | undefined): { readonly value: string } | { readonly problem: string } {
  const dated = property.type === 'date' ? readDay(text, column?.dateOrder ?? 'dmy') : undefined;
  const counted = property.type === 'number' ? readAmount(text) : undefined;
  return readPropertyValue(property, dated ?? counted ?? text);
}

export async function propertyWriter(
  ctx: Context,
  { object, columns, isDryRun }: { readonly object: Property['object']; readonly columns: readonly Column[]; readonly isDryRun: boolean },
): Promise<PropertyWriter> {
  const existing = (await listProperties(ctx, object)).filter((property) => !property.isBuiltIn);
  const known = new Map<string, Known>(existing.map((property) => [property.name, property]));

  async function propertyNamed(ctx: Context, name: string): Promise<Known> {
    const found = known.get(name);
    if (found !== undefined) return found;
    const label = labelOf(name, columns);
    const all = await listProperties(ctx, object);
    const labelled = (wanted: string) => all.find((property) => property.label.toLowerCase() === wanted.toLowerCase());
    // What a built-in property is called can't be another one's name.
    const free = labelled(label)?.isBuiltIn === true ? `${label} (imported)` : label;
    let property: Known = labelled(free) ?? { id: '', type: 'text', options: [] };
    if (property.id === '' && !isDryRun) property = await createProperty(ctx, { object, label: free, type: 'text', options: [] });
    known.set(name, property);
    return property;
  }

  return {
    async valuesOf(ctx, values) {
      const fitting: PropertyValue[] = [];
      const remarks: Remark[] = [];
      for (const [name, text] of Object.entries(values)) {
        const property = await propertyNamed(ctx, name);
        const column = columns.find(({ target }) => propertyOf(target) === name);
        const read = fitted(property, text, column);
        if ('problem' in read) remarks.push({ column: column?.header ?? name, message: `${read.problem} It was left out.` });
        else if (read.value !== '') fitting.push({ propertyId: property.id, value: read.value });
      }
      return { values: fitting, remarks };
    },
  };
}
