import type { FieldProblem } from '../kernel/app-error.ts';
import type { ListFilter, Property } from './people.contract.ts';
import { readPropertyValue } from './property-value.ts';

type Condition = ListFilter['groups'][number][number];

/** A contact as filters see it: each field's values; none when it is empty. */
export type FilteredContact = (field: string) => readonly string[];

/** A field filters may use. */
export interface FilterField {
  readonly type: Property['type'];
  readonly options: readonly string[];
}
export type FilterFields = ReadonlyMap<string, FilterField>;

const operatorsOf: Readonly<Record<Property['type'], readonly Condition['operator'][]>> = {
  text: ['is', 'is-not', 'contains', 'starts-with', 'is-empty', 'is-not-empty'],
  number: ['is', 'is-not', 'before', 'after', 'is-empty', 'is-not-empty'],
  date: ['is', 'is-not', 'before', 'after', 'is-empty', 'is-not-empty'],
  choice: ['is', 'is-not', 'is-empty', 'is-not-empty'],
  checkbox: ['is', 'is-not', 'is-empty', 'is-not-empty'],
};

function problemOf(condition: Condition, field: FilterField | undefined): { readonly part: string; readonly message: string } | undefined {
  if (field === undefined) return { part: 'field', message: `There is no field “${condition.field}”. Choose one from the list.` };
  const allowed = operatorsOf[field.type];
  if (!allowed.includes(condition.operator)) {
    return { part: 'operator', message: `“${condition.operator}” does not fit this field. Use one of: ${allowed.join(', ')}.` };
  }
  if (condition.operator === 'is-empty' || condition.operator === 'is-not-empty') return undefined;
  if (condition.value.trim() === '') return { part: 'value', message: 'Write what to compare with, or ask whether the field is empty.' };
  const read = readPropertyValue(field, condition.value);
  return 'problem' in read ? { part: 'value', message: read.problem } : undefined;
}

/** What is wrong with a filter, each problem at its condition. */
export function filterProblems(filter: ListFilter, fields: FilterFields): FieldProblem[] {
  return filter.groups.flatMap((group, groupIndex) =>
    group.flatMap((condition, index) => {
      const problem = problemOf(condition, fields.get(condition.field));
      return problem === undefined ? [] : [{ path: `filter.groups.${groupIndex}.${index}.${problem.part}`, message: problem.message }];
    }),
  );
}

/** Brings the conditions' values into the form in which they are compared. */
export function tidyFilter(filter: ListFilter, fields: FilterFields): ListFilter {
  const tidy = (condition: Condition): Condition => {
    const field = fields.get(condition.field);
    const read = field === undefined ? undefined : readPropertyValue(field, condition.value);
    return { ...condition, value: read !== undefined && 'value' in read ? read.value : condition.value.trim() };
  };
  return { groups: filter.groups.map((group) => group.map(tidy)) };
}

function folded(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** Digits are compared as digits, so that +48 22 and 004822 begin alike. */
function phoneDigits(text: string): string {
  return text.replace(/\D/gu, '').replace(/^00/u, '');
}

function isPhone(field: string): boolean {
  return field === 'phone' || field === 'mobile';
}

function isTime(field: string): boolean {
  return field === 'createdAt' || field === 'lastActivityAt';
}

/** Below zero when `value` comes first. A time is compared as far as the other side goes: a day with a day. */
function compare(value: string, other: string): number {
  const isNumber = /^-?[\d.]+$/u.test(value) && /^-?[\d.]+$/u.test(other);
  if (isNumber) return Number(value) - Number(other);
  const [left, right] = [value.slice(0, other.length), other];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

type Comparison = (left: string, right: string, field: string) => boolean;
const isSame: Comparison = (left, right, field) => (isTime(field) ? left.startsWith(right) : left === right);

const comparisons: Readonly<Record<Condition['operator'], Comparison>> = {
  is: isSame,
  'is-not': isSame,
  contains: (left, right) => right !== '' && left.includes(right),
  'starts-with': (left, right) => right !== '' && left.startsWith(right),
  before: (left, right) => compare(left, right) < 0,
  after: (left, right) => compare(left, right) > 0,
  'is-empty': () => true,
  'is-not-empty': () => true,
};

function matches({ field, operator, value: wanted }: Condition, value: string): boolean {
  const tidy = isPhone(field) ? phoneDigits : folded;
  return comparisons[operator](tidy(value), tidy(wanted), field);
}

/** A check box nobody touched is not ticked. */
function isUnticked({ field, value }: Condition): boolean {
  return field.startsWith('property:') && value === 'false';
}

function holds(condition: Condition, contact: FilteredContact): boolean {
  const values = contact(condition.field);
  if (values.length === 0 && isUnticked(condition)) return condition.operator === 'is' || condition.operator === 'is-empty';
  if (condition.operator === 'is-empty') return values.length === 0;
  if (condition.operator === 'is-not') return !values.some((value) => matches(condition, value));
  return values.some((value) => matches(condition, value));
}

/** Whether a contact belongs to an active list: all conditions of at least one group hold. */
export function fitsFilter(filter: ListFilter, contact: FilteredContact): boolean {
  return filter.groups.some((group) => group.every((condition) => holds(condition, contact)));
}

/** Whether the filter asks about `field` at all. */
export function filterUses(filter: ListFilter, field: string): boolean {
  return filter.groups.some((group) => group.some((condition) => condition.field === field));
}
