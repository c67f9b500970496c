import type { Property } from '#server/people/people.contract.ts';
import type { FieldProblems } from '../../../api/problem.ts';
import { CheckboxField, SelectField, TextField } from '../../../ui/fields.tsx';

interface PropertyFieldsProps {
  readonly properties: readonly Property[] | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly problems: FieldProblems;
  readonly onChange: (name: string, value: string) => void;
}

/** Form fields for the company's own properties. */
export function PropertyFields({ properties, values, problems, onChange }: PropertyFieldsProps) {
  return (properties ?? [])
    .filter((property) => !property.isBuiltIn)
    .map((property) => (
      <PropertyField
        key={property.id}
        property={property}
        value={values[property.name] ?? ''}
        problem={problems[`properties.${property.name}`]}
        onChange={(value) => onChange(property.name, value)}
      />
    ));
}

interface PropertyFieldProps {
  readonly property: Property;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

function PropertyField({ property, value, problem, onChange }: PropertyFieldProps) {
  const { label } = property;
  if (property.type === 'checkbox')
    return <CheckboxField label={label} problem={problem} checked={value === 'true'} onChange={(checked) => onChange(String(checked))} />;
  if (property.type === 'choice') {
    const choices = [{ value: '', label: 'None' }, ...property.options.map((option) => ({ value: option, label: option }))];
    return <SelectField label={label} problem={problem} value={value} choices={choices} onChange={onChange} />;
  }
  const hint = property.type === 'date' ? 'Year, month and day, such as 2026-12-31.' : undefined;
  return <TextField label={label} hint={hint} problem={problem} value={value} onChange={onChange} />;
}
