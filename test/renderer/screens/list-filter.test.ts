import { describe, expect, test } from 'vitest';
import { emptyCondition, filterFields, filterInWords, isComplete, operatorsFor, withField } from '#renderer/console/screens/people/list-filter.ts';

const property = { id: '1', object: 'contact', name: 'badge', label: 'Badge', type: 'choice', options: ['Red', 'Blue'], isBuiltIn: false } as const;

describe('the filter of an active list', () => {
  test('it reads as a sentence', () => {
    const filter = {
      groups: [
        [
          { field: 'company', operator: 'is' as const, value: 'Hartmann' },
          { field: 'property:badge', operator: 'is-not' as const, value: 'Red' },
        ],
        [{ field: 'email', operator: 'is-empty' as const, value: '' }],
      ],
    };

    expect(filterInWords(filter, filterFields([property as never]))).toBe('Company is Hartmann and Badge is not Red, or E-mail is empty');
  });

  test('it can be counted once every condition that needs a value has one', () => {
    expect(isComplete({ groups: [[emptyCondition]] })).toBe(false);
    expect(isComplete({ groups: [[{ ...emptyCondition, operator: 'is-empty' }]] })).toBe(true);
    expect(isComplete({ groups: [[{ ...emptyCondition, value: 'Hartmann' }]] })).toBe(true);
  });

  test('a condition moved to another field keeps only what the field can answer', () => {
    const byText = { field: 'email', operator: 'contains' as const, value: '@hartmann' };
    const [, , , , , , , added] = filterFields([]);

    expect(withField(byText, { field: 'lastName', label: 'Last name', kind: 'text' })).toEqual({ field: 'lastName', operator: 'contains', value: '@hartmann' });
    expect(withField(byText, added as NonNullable<typeof added>)).toEqual({ field: 'createdAt', operator: 'after', value: '' });
  });

  test('a choice is never asked what it starts with', () => {
    expect(operatorsFor({ kind: 'choice' }).map((operator) => operator.value)).toEqual(['is', 'is-not', 'is-empty', 'is-not-empty']);
  });
});
