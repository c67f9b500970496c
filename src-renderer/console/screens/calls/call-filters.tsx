import { Button, Popover, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ListFilter } from 'lucide-react';
import { devicesQuery } from '../../../api/devices.ts';
import { agentsQuery } from '../../../api/team.ts';
import { SelectField } from '../../../ui/fields.tsx';
import { ContactPicker } from '../people/contact-picker.tsx';
import { narrowingCount, withChoice, type CallFilter } from './call-filter.ts';
import { outcomes } from './call-words.ts';
import styles from './calls-screen.module.css';

interface CallFiltersProps {
  readonly filter: CallFilter;
  readonly onFilter: (filter: CallFilter) => void;
}

/** A select needs a value for "no choice". */
const any = '';

/** Narrows the log: in or out, who it was, how it went, whose phone, when. */
export function CallFilters({ filter, onFilter }: CallFiltersProps) {
  const count = narrowingCount(filter);
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" leftSection={<ListFilter size={14} aria-hidden="true" />}>
          {count === 0 ? 'Filter' : `Filter · ${count}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.filters ?? ''} aria-label="Filter the calls">
        <Choices filter={filter} onFilter={onFilter} />
        {count === 0 ? null : (
          <Button
            size="xs"
            onClick={() => onFilter({ ...(filter.missed === true ? { missed: true } : {}), ...(filter.search === undefined ? {} : { search: filter.search }) })}
          >
            Show all again
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ filter, onFilter }: CallFiltersProps) {
  const agents = useQuery(agentsQuery);
  const devices = useQuery(devicesQuery);

  function choose<Key extends keyof CallFilter>(key: Key, value: CallFilter[Key] | undefined): void {
    onFilter(withChoice(filter, key, value));
  }

  return (
    <>
      <SelectField
        isInPopover
        label="Direction"
        value={filter.direction ?? any}
        choices={[
          { value: any, label: 'In and out' },
          { value: 'inbound', label: 'Incoming' },
          { value: 'outbound', label: 'Outgoing' },
        ]}
        onChange={(value) => choose('direction', value === 'inbound' || value === 'outbound' ? value : undefined)}
      />
      <SelectField
        isInPopover
        label="Who"
        value={filter.who ?? any}
        choices={[
          { value: any, label: 'Anybody' },
          { value: 'unknown', label: 'Not a contact' },
          { value: 'withheld', label: 'Withheld number' },
        ]}
        onChange={(value) => choose('who', value === 'unknown' || value === 'withheld' ? value : undefined)}
      />
      <ContactPicker
        label="Contact"
        value={filter.contactId === undefined ? null : { id: filter.contactId, name: filter.contactName ?? 'The chosen contact' }}
        onChange={(contact) => {
          const { contactId: _id, contactName: _name, ...rest } = filter;
          onFilter(contact === null ? rest : { ...rest, contactId: contact.id, contactName: contact.name });
        }}
      />
      <SelectField
        isInPopover
        label="Outcome"
        value={filter.outcome ?? any}
        choices={[{ value: any, label: 'Any or none' }, ...outcomes]}
        onChange={(value) => choose('outcome', value === any ? undefined : value)}
      />
      <SelectField
        isInPopover
        label="Agent"
        value={filter.agentId ?? any}
        choices={[{ value: any, label: 'Everybody' }, ...(agents.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(value) => choose('agentId', value === any ? undefined : value)}
      />
      <SelectField
        isInPopover
        label="Phone"
        value={filter.source ?? any}
        choices={[{ value: any, label: 'All phones' }, ...(devices.data ?? []).map(({ id, name }) => ({ value: `device:${id}`, label: name }))]}
        onChange={(value) => choose('source', value === any ? undefined : value)}
      />
      <div className={styles.days}>
        <TextInput
          label="From"
          type="date"
          value={filter.from ?? ''}
          max={filter.to}
          onChange={(event) => choose('from', event.currentTarget.value || undefined)}
        />
        <TextInput
          label="To"
          type="date"
          value={filter.to ?? ''}
          min={filter.from}
          onChange={(event) => choose('to', event.currentTarget.value || undefined)}
        />
      </div>
    </>
  );
}
