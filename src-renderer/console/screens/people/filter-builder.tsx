import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { ListFilter } from '#server/people/people.contract.ts';
import type { FieldProblems } from '../../../api/problem.ts';
import styles from './filter-builder.module.css';
import { conditionOn, filterInWords, needsValue, operatorsFor, withField, type FilterField, type ListCondition } from './list-filter.ts';

interface FilterBuilderProps {
  readonly fields: readonly FilterField[];
  readonly filter: ListFilter;
  readonly onFilter: (filter: ListFilter) => void;
  /** By path, such as `filter.groups.0.1.value`. */
  readonly problems: FieldProblems;
}

/** Who belongs to an active list: conditions joined by "and" in groups joined by "or", and the whole in words. */
export function FilterBuilder({ fields, filter, onFilter, problems }: FilterBuilderProps) {
  const first = fields.find((field) => field.field === 'company') ?? fields[0];
  if (first === undefined) return null;

  function setGroup(at: number, group: readonly ListCondition[]): void {
    const groups = filter.groups.map((one, index) => (index === at ? [...group] : one)).filter((one) => one.length > 0);
    onFilter({ groups: groups.length === 0 ? [[conditionOn(first as FilterField)]] : groups });
  }

  return (
    <div className={styles.builder}>
      {filter.groups.map((group, groupIndex) => (
        <div key={groupIndex}>
          {groupIndex === 0 ? null : <p className={styles.or}>or</p>}
          <fieldset className={styles.group}>
            <legend className="visually-hidden">Group {groupIndex + 1}</legend>
            {group.map((condition, index) => (
              <ConditionRow
                key={index}
                fields={fields}
                condition={condition}
                lead={index === 0 ? 'Where' : 'and'}
                problem={problemOf(problems, `filter.groups.${groupIndex}.${index}`)}
                onChange={(next) =>
                  setGroup(
                    groupIndex,
                    group.map((one, at) => (at === index ? next : one)),
                  )
                }
                onRemove={
                  filter.groups.length === 1 && group.length === 1
                    ? undefined
                    : () =>
                        setGroup(
                          groupIndex,
                          group.filter((_, at) => at !== index),
                        )
                }
              />
            ))}
            <Button
              size="xs"
              variant="subtle"
              leftSection={<Plus size={13} aria-hidden="true" />}
              className={styles.add ?? ''}
              disabled={group.length >= 20}
              onClick={() => setGroup(groupIndex, [...group, conditionOn(first)])}
            >
              And
            </Button>
          </fieldset>
        </div>
      ))}
      <Button
        size="xs"
        variant="subtle"
        leftSection={<Plus size={13} aria-hidden="true" />}
        className={styles.add ?? ''}
        disabled={filter.groups.length >= 10}
        onClick={() => onFilter({ groups: [...filter.groups, [conditionOn(first)]] })}
      >
        Or
      </Button>
      <p className={styles.words}>
        <bdi>{filterInWords(filter, fields)}</bdi>
      </p>
    </div>
  );
}

function problemOf(problems: FieldProblems, path: string): string | undefined {
  return ['field', 'operator', 'value'].map((part) => problems[`${path}.${part}`]).find((problem) => problem !== undefined);
}

interface ConditionRowProps {
  readonly fields: readonly FilterField[];
  readonly condition: ListCondition;
  readonly lead: string;
  readonly problem: string | undefined;
  readonly onChange: (condition: ListCondition) => void;
  readonly onRemove: (() => void) | undefined;
}

function ConditionRow({ fields, condition, lead, problem, onChange, onRemove }: ConditionRowProps) {
  const field = fields.find((one) => one.field === condition.field);
  return (
    <div className={styles.row}>
      <span className={styles.lead}>{lead}</span>
      <Select
        aria-label="Field"
        data={fields.map(({ field: value, label }) => ({ value, label }))}
        value={condition.field}
        searchable
        allowDeselect={false}
        onChange={(value) => {
          const to = fields.find((one) => one.field === value);
          if (to !== undefined) onChange(withField(condition, { from: field, to }));
        }}
      />
      <Select
        aria-label="How it compares"
        data={operatorsFor(field ?? { type: 'text' })}
        value={condition.operator}
        allowDeselect={false}
        onChange={(value) => {
          const operator = operatorsFor(field ?? { type: 'text' }).find((one) => one.value === value)?.value;
          if (operator !== undefined) onChange({ ...condition, operator, value: needsValue(operator) ? condition.value : '' });
        }}
      />
      <div className={styles.value}>
        {needsValue(condition.operator) ? <ConditionValue field={field} condition={condition} problem={problem} onChange={onChange} /> : null}
      </div>
      {onRemove === undefined ? <span /> : <CloseButton aria-label="Remove this condition" onClick={onRemove} />}
    </div>
  );
}

function ConditionValue({
  field,
  condition,
  problem,
  onChange,
}: { readonly field: FilterField | undefined } & Pick<ConditionRowProps, 'condition' | 'problem' | 'onChange'>) {
  const set = (value: string) => onChange({ ...condition, value });
  if (field?.type === 'choice' || field?.type === 'checkbox') {
    const data =
      field.type === 'checkbox'
        ? [
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]
        : field.options.map((option) => ({ value: option, label: option }));
    return (
      <Select
        aria-label="Value"
        data={data}
        value={condition.value === '' ? null : condition.value}
        error={problem}
        placeholder="Choose"
        onChange={(value) => set(value ?? '')}
      />
    );
  }
  return (
    <TextInput
      aria-label="Value"
      type={field?.type === 'date' ? 'date' : 'text'}
      value={condition.value}
      error={problem}
      maxLength={500}
      autoComplete="off"
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
