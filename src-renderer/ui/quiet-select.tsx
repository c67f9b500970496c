import { Menu, UnstyledButton } from '@mantine/core';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Choice } from './fields.tsx';
import styles from './quiet-select.module.css';

interface QuietSelectProps {
  /** What is chosen: "Stage". */
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  /** Shown for no choice. */
  readonly placeholder?: string;
  readonly isBusy?: boolean;
  /** Shows its arrow at once: it stands among what one chooses by, not among what one reads. */
  readonly isPlainToSee?: boolean;
}

/** A value among others that looks like text until one goes near it: a choice made in place. */
export function QuietSelect({ label, value, choices, onChange, placeholder = 'Choose', isBusy = false, isPlainToSee = false }: QuietSelectProps) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={styles.button ?? ''} disabled={isBusy} aria-label={`${label}: ${chosen?.label ?? placeholder}. Change`}>
          <bdi className={styles.value} data-empty={chosen === undefined || undefined}>
            {chosen?.label ?? placeholder}
          </bdi>
          <ChevronDown className={styles.arrow} data-shown={isPlainToSee || undefined} size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <ChoiceMenu label={label} value={value} choices={choices} onChange={onChange} />
    </Menu>
  );
}

interface ChoiceMenuProps extends Pick<QuietSelectProps, 'label' | 'value' | 'choices' | 'onChange'> {
  readonly children?: ReactNode;
}

/** The choices of a menu, the present one ticked. */
export function ChoiceMenu({ label, value, choices, onChange, children }: ChoiceMenuProps) {
  return (
    <Menu.Dropdown aria-label={label} className={styles.menu ?? ''}>
      {choices.map((choice) => (
        <Menu.Item
          key={choice.value}
          rightSection={choice.value === value ? <Check size={14} aria-label="chosen" /> : null}
          onClick={() => {
            if (choice.value !== value) onChange(choice.value);
          }}
        >
          <bdi>{choice.label}</bdi>
        </Menu.Item>
      ))}
      {children}
    </Menu.Dropdown>
  );
}
