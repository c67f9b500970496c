import type { z } from 'zod';
import type { ListCondition as ListConditionSchema, ListFilter, Property } from '#server/people/people.contract.ts';

export type ListCondition = z.infer<typeof ListConditionSchema>;
export type Operator = ListCondition['operator'];

/** A field a list can ask about. */
export interface FilterField {
  /** As conditions name it: `email`, or `property:badge`. */
  readonly field: string;
  readonly label: string;
  readonly type: Property['type'];
  readonly options: readonly string[];
}

export function filterFields(properties: readonly Property[]): readonly FilterField[] {
  return properties.map(({ name, label, type, options, isBuiltIn }) => ({ field: isBuiltIn ? name : `property:${name}`, label, type, options }));
}

const plain: Readonly<Record<Operator, string>> = {
  is: 'is',
  'is-not': 'is not',
  contains: 'contains',
  'starts-with': 'starts with',
  'is-empty': 'is empty',
  'is-not-empty': 'is filled in',
  before: 'is before',
  after: 'is after',
};
const ofNumbers: Readonly<Partial<Record<Operator, string>>> = { before: 'is less than', after: 'is more than' };

const operators: Readonly<Record<Property['type'], readonly Operator[]>> = {
  text: ['is', 'is-not', 'contains', 'starts-with', 'is-empty', 'is-not-empty'],
  number: ['is', 'is-not', 'before', 'after', 'is-empty', 'is-not-empty'],
  date: ['after', 'before', 'is', 'is-not', 'is-empty', 'is-not-empty'],
  choice: ['is', 'is-not', 'is-empty', 'is-not-empty'],
  checkbox: ['is'],
};

function operatorInWords(operator: Operator, type: Property['type']): string {
  return (type === 'number' ? ofNumbers[operator] : undefined) ?? plain[operator];
}

/** The questions that make sense for a field, in the order one would ask them. */
export function operatorsFor({ type }: Pick<FilterField, 'type'>): readonly { readonly value: Operator; readonly label: string }[] {
  return operators[type].map((value) => ({ value, label: operatorInWords(value, type) }));
}

export function needsValue(operator: Operator): boolean {
  return operator !== 'is-empty' && operator !== 'is-not-empty';
}

/** A question about a field, with nothing to compare with yet. */
export function conditionOn(field: FilterField): ListCondition {
  return { field: field.field, operator: operators[field.type][0] ?? 'is', value: field.type === 'checkbox' ? 'true' : '' };
}

/** Moves a condition to another field and keeps what still fits: the operator when the field knows it, the value when it is text both times. */
export function withField(condition: ListCondition, { from, to }: { readonly from: FilterField | undefined; readonly to: FilterField }): ListCondition {
  const fresh = conditionOn(to);
  const operator = operators[to.type].includes(condition.operator) ? condition.operator : fresh.operator;
  return { ...fresh, operator, value: from?.type === 'text' && to.type === 'text' ? condition.value : fresh.value };
}

/** True when every condition that needs a value has one. */
export function isComplete(filter: ListFilter): boolean {
  return filter.groups.every((group) => group.every((condition) => !needsValue(condition.operator) || condition.value.trim() !== ''));
}

/** A filter as a sentence: "Company is Hartmann and Country is DE, or E-mail is empty". */
export function filterInWords(filter: ListFilter, fields: readonly FilterField[]): string {
  const groups = filter.groups.map((group) => group.map((condition) => conditionInWords(condition, fields)).join(' and '));
  return groups.join(', or ');
}

function conditionInWords(condition: ListCondition, fields: readonly FilterField[]): string {
  const field = fields.find((one) => one.field === condition.field);
  const label = field?.label ?? condition.field.replace(/^property:/u, '');
  if (field?.type === 'checkbox') return condition.value === 'true' ? label : `not ${label}`;
  const words = `${label} ${operatorInWords(condition.operator, field?.type ?? 'text')}`;
  return needsValue(condition.operator) ? `${words} ${condition.value === '' ? '…' : condition.value}` : words;
}
