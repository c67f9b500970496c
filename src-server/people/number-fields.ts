import type { PhoneNumber } from './people.contract.ts';

/** What stands in each number field, as `replaceNumbers` takes it. */
export interface NumberField {
  readonly field: PhoneNumber['field'];
  readonly raw: string;
}

/** The fields as they were entered: several numbers of one field joined again. */
export function rawFields(numbers: readonly PhoneNumber[]): NumberField[] {
  const fields = new Map<PhoneNumber['field'], Set<string>>();
  for (const number of numbers) fields.set(number.field, (fields.get(number.field) ?? new Set()).add(number.raw));
  return [...fields].map(([field, raws]) => ({ field, raw: [...raws].join('; ') }));
}

export type ChangedFields = Readonly<Partial<Record<PhoneNumber['field'], string>>>;

/** The fields with some of them replaced. An empty one is removed. */
export function withFields(numbers: readonly PhoneNumber[], changed: ChangedFields): NumberField[] {
  const kept = rawFields(numbers).filter((field) => changed[field.field] === undefined);
  const typed = Object.entries(changed).map(([field, raw]) => ({ field: field as PhoneNumber['field'], raw })); // Keys are the contract's.
  return [...kept, ...typed].filter((field) => field.raw.trim() !== '');
}
