import { Button, Popover, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ListFilter } from 'lucide-react';
import { inboxesQuery } from '../../../api/conversations.ts';
import { agentsQuery } from '../../../api/team.ts';
import { pipelinesQuery } from '../../../api/tickets.ts';
import { SelectField, type Choice } from '../../../ui/fields.tsx';
import { narrowingCount, withChoice, type DeskFilter } from './desk-filter.ts';
import styles from './ticket-filters.module.css';

interface TicketFiltersProps {
  readonly filter: DeskFilter;
  readonly onFilter: (filter: DeskFilter) => void;
}

const states = [
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed' },
  { value: 'all', label: 'All' },
];

/** A select needs a value for "no choice". */
const any = '';

/** Narrows the list: open or closed, whose it is, inbox, stage. */
export function TicketFilters({ filter, onFilter }: TicketFiltersProps) {
  const count = narrowingCount(filter);
  return (
    <Popover width={300} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" leftSection={<ListFilter size={14} aria-hidden="true" />}>
          {count === 0 ? 'Filter' : `Filter · ${count}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown ?? ''} aria-label="Filter the tickets">
        <SegmentedControl
          fullWidth
          aria-label="State"
          data={states}
          value={filter.state ?? 'open'}
          onChange={(state) => onFilter(withChoice(filter, 'state', state === 'closed' || state === 'all' ? state : undefined))}
        />
        <Choices filter={filter} onFilter={onFilter} />
        {count === 0 ? null : (
          <Button
            size="xs"
            onClick={() =>
              onFilter({ ...(filter.state === undefined ? {} : { state: filter.state }), ...(filter.search === undefined ? {} : { search: filter.search }) })
            }
          >
            Show all again
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ filter, onFilter }: TicketFiltersProps) {
  const agents = useQuery(agentsQuery);
  const inboxes = useQuery(inboxesQuery);
  const pipelines = useQuery(pipelinesQuery);
  const manyPipelines = (pipelines.data?.length ?? 0) > 1;
  const stages = (pipelines.data ?? []).flatMap((pipeline) =>
    pipeline.stages.map((stage) => ({ value: stage.id, label: manyPipelines ? `${pipeline.name}: ${stage.name}` : stage.name })),
  );

  function choose(key: 'assigneeId' | 'inboxId' | 'stageId', value: string): void {
    onFilter(withChoice(filter, key, value === any ? undefined : value));
  }

  return (
    <>
      <SelectField
        isInPopover
        label="Assigned to"
        value={filter.assigneeId ?? any}
        choices={[{ value: any, label: 'Anybody or nobody' }, { value: 'nobody', label: 'Nobody' }, ...named(agents.data)]}
        onChange={(value) => choose('assigneeId', value)}
      />
      <SelectField
        isInPopover
        label="Inbox"
        value={filter.inboxId ?? any}
        choices={[{ value: any, label: 'All inboxes' }, ...named(inboxes.data)]}
        onChange={(value) => choose('inboxId', value)}
      />
      <SelectField
        isInPopover
        label="Stage"
        value={filter.stageId ?? any}
        choices={[{ value: any, label: 'All stages' }, ...stages]}
        onChange={(value) => choose('stageId', value)}
      />
    </>
  );
}

function named(items: readonly { readonly id: string; readonly name: string }[] | undefined): readonly Choice[] {
  return (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
