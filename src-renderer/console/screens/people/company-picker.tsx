import { Combobox, InputBase, Loader, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addCompany, searchCompanies } from '../../../api/people.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast } from '../../../ui/toasts.tsx';
import styles from './picker.module.css';

export interface PickedCompany {
  readonly id: string;
  readonly name: string;
}

interface CompanyPickerProps {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly value: PickedCompany | null;
  readonly onChange: (company: PickedCompany | null) => void;
}

const makeNew = 'new';

/** Finds a company by name, or makes one of what was typed. */
export function CompanyPicker({ label, problem, value, onChange }: CompanyPickerProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string>();
  const name = (typed ?? '').trim();
  const [settled] = useDebouncedValue(name, 120);
  const found = useQuery({
    queryKey: ['companies', 'picker', settled],
    queryFn: ({ signal }) => searchCompanies(settled, { limit: 8, signal }),
    enabled: typed !== undefined,
    placeholderData: keepPreviousData,
  });
  const isKnown = found.data?.some((company) => company.name.toLowerCase() === name.toLowerCase()) ?? true;

  function open(): void {
    setTyped((before) => before ?? (value === null ? '' : value.name));
    combobox.openDropdown();
  }

  async function choose(id: string): Promise<void> {
    const company = id === makeNew ? await addCompany({ name }) : found.data?.find((one) => one.id === id);
    if (company === undefined) return;
    onChange({ id: company.id, name: company.name });
    setTyped(undefined);
    combobox.closeDropdown();
  }

  return (
    <Combobox store={combobox} onOptionSubmit={(id) => void choose(id).catch((error: unknown) => showProblemToast(problemSentence(error)))}>
      <Combobox.Target>
        <InputBase
          label={label}
          error={problem}
          value={typed ?? value?.name ?? ''}
          placeholder="Name of the company"
          autoComplete="off"
          rightSection={
            found.isFetching ? (
              <Loader size={14} aria-label="Looking" />
            ) : (
              value !== null && <Combobox.ClearButton size="sm" aria-label="Choose no company" onClear={() => onChange(null)} />
            )
          }
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
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed === undefined}>
        <Combobox.Options aria-label="Companies found">
          {found.data?.map((company) => (
            <Combobox.Option key={company.id} value={company.id}>
              <span className={styles.line}>
                <bdi className={styles.name}>{company.name}</bdi>
                <bdi className={styles.detail}>{[company.city, company.domain].filter((part) => part !== null).join(' · ')}</bdi>
              </span>
            </Combobox.Option>
          ))}
          {name !== '' && !isKnown ? <Combobox.Option value={makeNew}>Add “{name}”</Combobox.Option> : null}
          {name === '' && found.data?.length === 0 ? <Combobox.Empty>Write a name to add the first company</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
