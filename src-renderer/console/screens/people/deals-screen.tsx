import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import type { Deal } from '#server/people/people.contract.ts';
import { dealsQuery } from '../../../api/people.ts';
import { Chip } from '../../../ui/chip.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { MoneyText } from '../../../ui/money.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { dayOf } from '../../../ui/time.ts';
import { newDeal, type DealDraft } from './deal-draft.ts';
import { DealDrawer } from './deal-drawer.tsx';
import styles from './contacts-screen.module.css';
import { PeopleFrame } from './people-frame.tsx';

const columns: readonly Column<Deal>[] = [
  { key: 'name', header: 'Name', width: 'minmax(160px, 2fr)', cell: (deal) => <bdi className={styles.name}>{deal.name}</bdi> },
  { key: 'value', header: 'Amount', width: '120px', align: 'end', cell: (deal) => (deal.value === null ? null : <MoneyText value={deal.value} />) },
  { key: 'company', header: 'Company', width: 'minmax(120px, 1.4fr)', isOptional: true, cell: (deal) => <bdi>{deal.company?.name}</bdi> },
  { key: 'stage', header: 'Stage', width: 'minmax(110px, 1fr)', isOptional: true, cell: (deal) => <bdi>{deal.stage}</bdi> },
  { key: 'state', header: 'State', width: '84px', cell: (deal) => <Chip tone={deal.isOpen ? 'on' : 'quiet'}>{deal.isOpen ? 'Open' : 'Closed'}</Chip> },
  {
    key: 'close',
    header: 'Close date',
    width: '104px',
    align: 'end',
    isOptional: true,
    cell: (deal) => (deal.closeDate === null ? null : dayOf(deal.closeDate)),
  },
];

/** All deals; one opens beside the list. */
export function DealsScreen() {
  const query = useInfiniteQuery(dealsQuery());
  const [edited, setEdited] = useState<Deal | DealDraft>();
  const add = (
    <Button variant="filled" onClick={() => setEdited(newDeal())}>
      Add a deal
    </Button>
  );
  return (
    <PeopleFrame actions={add}>
      <Loaded
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        failed="The deals could not be read"
        skeleton={<ListSkeleton rows={14} />}
      >
        {(deals) =>
          deals.length === 0 ? (
            <EmptyState icon={Handshake} title="No deals yet" action={<Button onClick={() => setEdited(newDeal())}>Add a deal</Button>}>
              A person’s open deal shows beside their tickets, and on the phone when they call, so that whoever answers knows what is at stake.
            </EmptyState>
          ) : (
            <DataTable
              label="Deals"
              columns={columns}
              rows={deals}
              rowKey={(deal) => deal.id}
              isLoadingMore={query.isFetchingNextPage}
              onOpen={setEdited}
              {...(query.hasNextPage ? { onEnd: () => void query.fetchNextPage() } : {})}
            />
          )
        }
      </Loaded>
      <DealDrawer deal={edited} onClose={() => setEdited(undefined)} />
    </PeopleFrame>
  );
}
