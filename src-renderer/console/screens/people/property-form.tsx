import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Property, PropertyInput } from '#server/people/people.contract.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { SelectField, TextField } from '../../../ui/fields.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import styles from './properties-screen.module.css';

interface PropertyFormProps {
  readonly object: Property['object'];
  readonly onAdd: (input: PropertyInput) => Promise<Property>;
  readonly onDone: () => void;
}

const types = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date' },
  { value: 'choice', label: 'One of several choices' },
  { value: 'checkbox', label: 'Yes or no' },
] as const;

const labels = { label: 'Name', type: 'Kind', options: 'Choices' };

/** A new property: its name and what kind of value it holds. The kind can't be changed later. */
export function PropertyForm({ object, onAdd, onDone }: PropertyFormProps) {
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const [type, setType] = useState<Property['type']>('text');
  const [options, setOptions] = useState('');
  const add = useMutation({
    mutationFn: () =>
      onAdd({
        object,
        label,
        type,
        options:
          type === 'choice'
            ? options
                .split(',')
                .map((option) => option.trim())
                .filter((option) => option !== '')
            : [],
      }),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['properties'] });
      onDone();
    },
  });
  const problems = fieldProblems(add.error);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <ProblemSummary error={add.error} title="The property was not added" labels={labels} />
      <div className={styles.fields}>
        <TextField label="Name" value={label} maxLength={120} autoFocus problem={problems['label']} onChange={setLabel} />
        <SelectField
          label="Kind"
          value={type}
          choices={types}
          problem={problems['type']}
          onChange={(value) => setType(types.find((one) => one.value === value)?.value ?? 'text')}
        />
      </div>
      {type === 'choice' ? (
        <TextField label="Choices" hint="Separated by commas: North, South, Dock" value={options} problem={problems['options']} onChange={setOptions} />
      ) : null}
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" loading={add.isPending}>
          Add
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
