import type { Property } from '#server/people/people.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { InlineText } from '../../../ui/inline-text.tsx';
import { KeyValue } from '../../../ui/key-value.tsx';
import { QuietSelect } from '../../../ui/quiet-select.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { RecordPart } from './record-page.tsx';

interface PropertyRowsProps {
  readonly properties: readonly Property[] | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly onSave: (name: string, value: string) => Promise<void>;
}

/** The company's own properties of a record, edited where they stand. */
export function PropertyRows({ properties, values, onSave }: PropertyRowsProps) {
  const custom = (properties ?? []).filter((property) => !property.isBuiltIn);
  if (custom.length === 0) return null;
  return (
    <RecordPart title="Properties">
      <KeyValue
        labelWidth={104}
        rows={custom.map((property) => [
          property.label,
          <PropertyValue key={property.id} property={property} value={values[property.name] ?? ''} onSave={(value) => onSave(property.name, value)} />,
        ])}
      />
    </RecordPart>
  );
}

function PropertyValue({
  property,
  value,
  onSave,
}: {
  readonly property: Property;
  readonly value: string;
  readonly onSave: (value: string) => Promise<void>;
}) {
  const choose = (next: string) => void onSave(next).catch((error: unknown) => showProblemToast(problemSentence(error)));
  if (property.type === 'choice') {
    const choices = [{ value: '', label: 'None' }, ...property.options.map((option) => ({ value: option, label: option }))];
    return <QuietSelect label={property.label} value={value} choices={choices} onChange={choose} />;
  }
  if (property.type === 'checkbox') {
    const choices = [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ];
    return <QuietSelect label={property.label} value={value === '' ? 'false' : value} choices={choices} onChange={choose} />;
  }
  return (
    <InlineText
      label={property.label}
      path={`properties.${property.name}`}
      type={property.type === 'date' ? 'date' : 'text'}
      value={value}
      placeholder={property.type === 'date' ? 'Add a date' : 'Add'}
      maxLength={10_000}
      onSave={onSave}
    />
  );
}
