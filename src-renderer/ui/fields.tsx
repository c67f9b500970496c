import { Checkbox, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';

// Fields show what is wrong with them: `problem` is the message of the field's path, as the server or the step gave it.

interface FieldProps {
  readonly label: string;
  /** What to write, in a sentence; stands above the field. */
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly disabled?: boolean;
  readonly required?: boolean;
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'search';
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly prefix?: ReactNode;
  readonly prefixWidth?: number;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField({ label, hint, problem, value, onChange, prefix, prefixWidth, inputRef, required, autoComplete = 'off', ...rest }: TextFieldProps) {
  return (
    <TextInput
      label={label}
      description={hint}
      error={problem}
      value={value}
      autoComplete={autoComplete}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      {...(prefix === undefined ? {} : { leftSection: prefix, leftSectionWidth: prefixWidth ?? 36, leftSectionPointerEvents: 'none' as const })}
      {...(required === true ? { required: true, withAsterisk: false } : {})}
      {...rest}
    />
  );
}

interface TextAreaFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly maxLength?: number;
}

/** Several lines of text; grows with them. */
export function TextAreaField({ label, hint, problem, value, onChange, rows = 3, required, ...rest }: TextAreaFieldProps) {
  return (
    <Textarea
      label={label}
      description={hint}
      error={problem}
      value={value}
      autosize
      minRows={rows}
      maxRows={16}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(required === true ? { required: true, withAsterisk: false } : {})}
      {...rest}
    />
  );
}

/** A secret; can be shown while typing. */
export function PasswordField({
  label,
  hint,
  problem,
  value,
  onChange,
  placeholder,
}: FieldProps & { value: string; onChange: (value: string) => void; placeholder?: string }) {
  return (
    <PasswordInput
      label={label}
      description={hint}
      error={problem}
      value={value}
      autoComplete="new-password"
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}

interface NumberFieldProps extends FieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly suffix?: string;
  /** It counts something, so its thousands stand apart: 20,000. */
  readonly isCount?: boolean;
}

/** A whole number. */
export function NumberField({ label, hint, problem, value, onChange, isCount = false, ...rest }: NumberFieldProps) {
  return (
    <NumberInput
      label={label}
      description={hint}
      error={problem}
      value={value ?? ''}
      allowDecimal={false}
      hideControls
      thousandSeparator={isCount ? ',' : false}
      onChange={(entered) => onChange(entered === '' ? null : Number(entered))}
      {...rest}
    />
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SelectFieldProps extends FieldProps {
  readonly value: string | null;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** It stands in a popover, which a click outside closes: the choices must be inside it. */
  readonly isInPopover?: boolean;
}

/** One of a list; searchable once the list is longer than one sees at a glance. */
export function SelectField({ label, hint, problem, value, choices, onChange, isInPopover = false, ...rest }: SelectFieldProps) {
  return (
    <Select
      label={label}
      description={hint}
      error={problem}
      value={value}
      data={choices}
      searchable={choices.length > 8}
      comboboxProps={{ withinPortal: !isInPopover }}
      nothingFoundMessage="Nothing fits"
      allowDeselect={false}
      checkIconPosition="right"
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
      {...rest}
    />
  );
}

interface SwitchFieldProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, at once. */
export function SwitchField({ label, hint, problem, checked, onChange, disabled }: SwitchFieldProps) {
  return (
    <Switch
      label={label}
      description={hint}
      error={problem}
      checked={checked}
      disabled={disabled ?? false}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** Yes or no, as part of a form. */
export function CheckboxField({ label, hint, problem, checked, onChange, disabled }: SwitchFieldProps) {
  return (
    <Checkbox
      label={label}
      description={hint}
      error={problem}
      checked={checked}
      disabled={disabled ?? false}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** Fields below each other, with the distance of one system. */
export function FieldStack({ children, width = 520 }: { readonly children: ReactNode; readonly width?: number }) {
  return <div style={{ display: 'grid', gap: 20, maxWidth: width, justifyItems: 'stretch' }}>{children}</div>;
}
