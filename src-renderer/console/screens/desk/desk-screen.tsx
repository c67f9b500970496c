import { Button, CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { Plus, Search } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { TicketSummary } from '#server/tickets/tickets.contract.ts';
import { ticketCountsQuery } from '../../../api/tickets.ts';
import { Chip } from '../../../ui/chip.tsx';
import { useShortcuts, WithShortcut } from '../../../ui/shortcuts.tsx';
import { titleOf, withChoice, type DeskFilter } from './desk-filter.ts';
import styles from './desk-screen.module.css';
import { QuickViews } from './quick-views.tsx';
import { TicketFilters } from './ticket-filters.tsx';
import { TicketList } from './ticket-list.tsx';

const route = getRouteApi('/desk');

/** The desk: tickets at the left, the opened one beside them. On a phone one of the two shows. */
export function DeskScreen() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const { ticketId } = useParams({ strict: false });
  const isChildOpen = useIsChildOpen();
  const counts = useQuery(ticketCountsQuery);
  const [rows, setRows] = useState<readonly TicketSummary[]>([]);
  const takeRows = useCallback((next: readonly TicketSummary[]) => setRows(next), []);

  function setFilter(next: DeskFilter): void {
    void navigate({ to: '.', search: next, replace: true });
  }

  function move(step: number): void {
    const at = rows.findIndex((row) => row.id === ticketId);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (next !== undefined) void navigate({ to: '/desk/$ticketId', params: { ticketId: next.id }, search: filter });
  }

  useShortcuts({ j: () => move(1), k: () => move(-1), c: () => void navigate({ to: '/desk/new', search: filter }) });
  useOpenFirst(rows, { isChildOpen, open: (id) => void navigate({ to: '/desk/$ticketId', params: { ticketId: id }, search: filter, replace: true }) });

  const newTicket = (
    <Button component={Link} to="/desk/new" variant="filled" leftSection={<Plus size={15} aria-hidden="true" />}>
      Open a ticket
    </Button>
  );
  return (
    <div className={styles.desk} data-opened={isChildOpen || undefined}>
      <section className={styles.list} aria-label="Tickets">
        <header className={styles.bar}>
          <h1 className={styles.title}>{titleOf(filter)}</h1>
          {filter.state === undefined && counts.data !== undefined ? <Chip>{counts.data.open.toLocaleString('en')}</Chip> : null}
          <span className={styles.space} />
          <TicketFilters filter={filter} onFilter={setFilter} />
          <WithShortcut label="Open a ticket" shortcut="c">
            <Button component={Link} to="/desk/new" search={filter} size="xs" aria-label="Open a ticket" px={7}>
              <Plus size={15} aria-hidden="true" />
            </Button>
          </WithShortcut>
        </header>
        <SearchTickets value={filter.search ?? ''} onSearch={(search) => setFilter(withChoice(filter, 'search', search === '' ? undefined : search))} />
        <QuickViews filter={filter} counts={counts.data} onFilter={setFilter} />
        <TicketList filter={filter} openedId={ticketId} onRows={takeRows} newTicket={newTicket} clearFilter={<Button onClick={() => setFilter({})}>Show all open tickets</Button>} />
      </section>
      <section className={styles.opened} aria-label="Opened ticket">
        <Outlet />
      </section>
    </div>
  );
}

function SearchTickets({ value, onSearch }: { readonly value: string; readonly onSearch: (search: string) => void }) {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onSearch, 180);
  useEffect(() => setTyped(value), [value]);

  function take(next: string): void {
    setTyped(next);
    settle(next.trim());
  }

  return (
    <div className={styles.search}>
      <TextInput
        type="search"
        aria-label="Search the tickets"
        placeholder="Search the tickets"
        value={typed}
        leftSection={<Search size={15} aria-hidden="true" />}
        rightSection={typed === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => take('')} />}
        onChange={(event) => take(event.currentTarget.value)}
      />
    </div>
  );
}

/** True while a ticket or the form for a new one is open. */
function useIsChildOpen(): boolean {
  return useRouterState({ select: ({ location }) => location.pathname.replace(/\/$/u, '') !== '/desk' });
}

const twoPanes = '(min-width: 761px)';

/** Beside a list there is always a ticket: the first one opens by itself where there is room for it. */
function useOpenFirst(rows: readonly TicketSummary[], { isChildOpen, open }: { readonly isChildOpen: boolean; readonly open: (id: string) => void }): void {
  const firstId = rows[0]?.id;
  useEffect(() => {
    if (!isChildOpen && firstId !== undefined && globalThis.matchMedia(twoPanes).matches) open(firstId);
    // The first row decides; a new `open` alone changes nothing.
  }, [isChildOpen, firstId]);
}
