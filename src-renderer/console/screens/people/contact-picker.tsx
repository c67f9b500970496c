import { Combobox, InputBase, Loader, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { searchContacts } from '../../../api/people.ts';
import { problemSentence } from '../../../api/problem.ts';
import type { ContactSummary } from '#server/people/people.contract.ts';
import styles from './picker.module.css';

export interface PickedContact {
  readonly id: string;
  readonly name: string;
}

interface ContactPickerProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly value: PickedContact | null;
  readonly onChange: (contact: PickedContact | null) => void;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
}

/** Finds one contact by name, company, e-mail or any part of a number. */
export function ContactPicker({
  label,
  hint,
  problem,
  value,
  onChange,
  placeholder = 'Name, company, e-mail or number',
  autoFocus = false,
}: ContactPickerProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string>();
  const [settled] = useDebouncedValue((typed ?? '').trim(), 120);
  const found = useQuery({
    queryKey: ['contacts', 'picker', settled],
    queryFn: ({ signal }) => searchContacts(settled, { limit: 8, signal }),
    enabled: typed !== undefined,
    placeholderData: keepPreviousData,
  });

  function open(): void {
    setTyped((before) => before ?? (value === null ? '' : value.name));
    combobox.openDropdown();
  }

  function choose(id: string): void {
    const contact = found.data?.find((one) => one.id === id);
    if (contact === undefined) return;
    onChange({ id: contact.id, name: contact.displayName });
    setTyped(undefined);
    combobox.closeDropdown();
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          label={label}
          description={hint}
          error={problem}
          value={typed ?? value?.name ?? ''}
          placeholder={placeholder}
          autoComplete="off"
          autoFocus={autoFocus}
          rightSection={<PickerEnd isBusy={found.isFetching} canClear={value !== null} onClear={() => onChange(null)} />}
          rightSectionPointerEvents="all"
          onClick={open}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' && typed === undefined) open();
          }}
          onBlur={() => {
            combobox.closeDropdown();
            setTyped(undefined);
          }}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed === undefined}>
        <Combobox.Options aria-label="Contacts found">
          {found.data?.map((contact) => (
            <Combobox.Option key={contact.id} value={contact.id}>
              <ContactLine contact={contact} />
            </Combobox.Option>
          ))}
          {found.data?.length === 0 ? <Combobox.Empty>Nobody by that name</Combobox.Empty> : null}
          {found.isError ? <Combobox.Empty>{problemSentence(found.error)}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function PickerEnd({ isBusy, canClear, onClear }: { readonly isBusy: boolean; readonly canClear: boolean; readonly onClear: () => void }) {
  if (isBusy) return <Loader size={14} aria-label="Looking" />;
  return canClear ? <Combobox.ClearButton size="sm" aria-label="Choose nobody" onClear={onClear} /> : null;
}

/** A contact in a list of suggestions. */
export function ContactLine({ contact }: { readonly contact: ContactSummary }) {
  const details = [contact.company?.name, contact.primaryNumber ?? contact.email].filter((part) => part !== undefined && part !== null);
  return (
    <span className={styles.line}>
      <bdi className={styles.name}>{contact.displayName}</bdi>
      <bdi className={styles.detail}>{details.join(' · ')}</bdi>
    </span>
  );
}
