import type { z } from 'zod';
import type { ListCondition as ListConditionSchema, ListFilter, Property } from '#server/people/people.contract.ts';

export type ListCondition = z.infer<typeof ListConditionSchema>;
export type Operator = ListCondition['operator'];

/** A field a list can ask about. */
export interface FilterField {
  readonly field: string;
  readonly label: string;
  readonly kind: 'text' | 'choice' | 'date';
  readonly options?: readonly string[];
}

const builtIn: readonly FilterField[] = [
  { field: 'firstName', label: 'First name', kind: 'text' },
  { field: 'lastName', label: 'Last name', kind: 'text' },
  { field: 'email', label: 'E-mail', kind: 'text' },
  { field: 'company', label: 'Company', kind: 'text' },
  { field: 'jobTitle', label: 'Job title', kind: 'text' },
  { field: 'language', label: 'Language', kind: 'text' },
  { field: 'country', label: 'Country', kind: 'text' },
  { field: 'createdAt', label: 'Added', kind: 'date' },
  { field: 'lastActivityAt', label: 'Last activity', kind: 'date' },
];

export function filterFields(properties: readonly Property[]): readonly FilterField[] {
  const custom = properties.filter((property) => property.object === 'contact' && !property.isBuiltIn);
  return [...builtIn, ...custom.map((property) => ({ field: `property:${property.name}`, label: property.label, ...kindOf(property) }))];
}

function kindOf(property: Property): Pick<FilterField, 'kind' | 'options'> {
  if (property.type === 'date') return { kind: 'date' };
  if (property.type === 'choice') return { kind: 'choice', options: property.options };
  if (property.type === 'checkbox') return { kind: 'choice', options: ['true', 'false'] };
  return { kind: 'text' };
}

const operatorLabels: Readonly<Record<Operator, string>> = {
  is: 'is',
  'is-not': 'is not',
  contains: 'contains',
  'starts-with': 'starts with',
  'is-empty': 'is empty',
  'is-not-empty': 'is filled in',
  before: 'before',
  after: 'after',
};

/** The questions that make sense for a field, in the order one would ask them. */
export function operatorsFor(field: Pick<FilterField, 'kind'>): readonly { readonly value: Operator; readonly label: string }[] {
  const operators: Readonly<Record<FilterField['kind'], readonly Operator[]>> = {
    text: ['is', 'is-not', 'contains', 'starts-with', 'is-empty', 'is-not-empty'],
    choice: ['is', 'is-not', 'is-empty', 'is-not-empty'],
    date: ['after', 'before', 'is-empty', 'is-not-empty'],
  };
  return operators[field.kind].map((value) => ({ value, label: operatorLabels[value] }));
}

export function needsValue(operator: Operator): boolean {
  return operator !== 'is-empty' && operator !== 'is-not-empty';
}

/** Moves a condition to another field and keeps what still fits: the operator when the field knows it, the value when it is free text. */
export function withField(condition: ListCondition, field: FilterField): ListCondition {
  const known = operatorsFor(field);
  const operator = known.some((one) => one.value === condition.operator) ? condition.operator : (known[0]?.value ?? 'is');
  return { field: field.field, operator, value: field.kind === 'text' ? condition.value : '' };
}

export const emptyCondition: ListCondition = { field: 'company', operator: 'is', value: '' };

/** True when every condition that needs a value has one: only then is there something to count. */
export function isComplete(filter: ListFilter): boolean {
  return filter.groups.every((group) => group.every((condition) => !needsValue(condition.operator) || condition.value.trim() !== ''));
}

/** A filter as a sentence: "Company is Hartmann and Country is DE, or E-mail is empty". */
export function filterInWords(filter: ListFilter, fields: readonly FilterField[]): string {
  const groups = filter.groups.map((group) => group.map((condition) => conditionInWords(condition, fields)).join(' and '));
  return groups.join(', or ');
}

function conditionInWords(condition: ListCondition, fields: readonly FilterField[]): string {
  const label = fields.find((field) => field.field === condition.field)?.label ?? condition.field.replace(/^property:/u, '');
  const words = `${label} ${operatorLabels[condition.operator]}`;
  return needsValue(condition.operator) ? `${words} ${condition.value}` : words;
}
