import { describe, expect, test } from 'vitest';
import { conditionOn, filterFields, filterInWords, isComplete, operatorsFor, withField } from '#renderer/console/screens/people/list-filter.ts';
import type { Property } from '#server/people/people.contract.ts';

function givenProperty(patch: Partial<Property>): Property {
  return { id: '1', object: 'contact', name: 'email', label: 'E-mail', type: 'text', options: [], isBuiltIn: true, ...patch };
}

const [email, company, created, badge, vip] = filterFields([
  givenProperty({}),
  givenProperty({ name: 'company', label: 'Company' }),
  givenProperty({ name: 'createdAt', label: 'Created', type: 'date' }),
  givenProperty({ name: 'badge', label: 'Badge', type: 'choice', options: ['Red', 'Blue'], isBuiltIn: false }),
  givenProperty({ name: 'vip', label: 'VIP', type: 'checkbox', isBuiltIn: false }),
]) as [never, never, never, never, never];

describe('the filter of an active list', () => {
  test('it reads as a sentence', () => {
    const filter = {
      groups: [
        [
          { field: 'company', operator: 'is' as const, value: 'Hartmann' },
          { field: 'property:badge', operator: 'is-not' as const, value: 'Red' },
        ],
        [
          { field: 'email', operator: 'is-empty' as const, value: '' },
          { field: 'property:vip', operator: 'is' as const, value: 'false' },
        ],
      ],
    };

    expect(filterInWords(filter, [email, company, created, badge, vip])).toBe('Company is Hartmann and Badge is not Red, or E-mail is empty and not VIP');
  });

  test('it can be saved once every condition that needs a value has one', () => {
    expect(isComplete({ groups: [[conditionOn(company)]] })).toBe(false);
    expect(isComplete({ groups: [[{ ...conditionOn(company), operator: 'is-empty' }]] })).toBe(true);
    expect(isComplete({ groups: [[conditionOn(vip)]] })).toBe(true);
  });

  test('a condition moved to another field keeps only what the field can answer', () => {
    const byText = { field: 'email', operator: 'contains' as const, value: '@hartmann' };

    expect(withField(byText, { from: email, to: company })).toEqual({ field: 'company', operator: 'contains', value: '@hartmann' });
    expect(withField(byText, { from: email, to: created })).toEqual({ field: 'createdAt', operator: 'after', value: '' });
  });

  test('a choice is never asked what it starts with', () => {
    expect(operatorsFor(badge).map((operator) => operator.value)).toEqual(['is', 'is-not', 'is-empty', 'is-not-empty']);
  });
});
