import { SelectField, type Choice } from '../../../ui/fields.tsx';

const usual = [7, 30, 90, 180, 365] as const;
const forEver = 'never';

function choices(present: number | null): Choice[] {
  const days = present === null || usual.some((one) => one === present) ? [...usual] : [...usual, present].toSorted((a, b) => a - b);
  return [...days.map((count) => ({ value: String(count), label: `After ${count} ${count === 1 ? 'day' : 'days'}` })), { value: forEver, label: 'Never' }];
}

interface LeaseFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly days: number | null;
  readonly problem?: string | undefined;
  readonly onChange: (days: number | null) => void;
}

/** When contacts leave a phone whose owner does not renew them. */
export function LeaseField({ label, hint, days, problem, onChange }: LeaseFieldProps) {
  return (
    <SelectField
      label={label}
      hint={hint}
      choices={choices(days)}
      value={days === null ? forEver : String(days)}
      problem={problem}
      onChange={(value) => onChange(value === forEver ? null : Number(value))}
    />
  );
}
