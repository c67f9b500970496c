import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { ticketCountsQuery, ticketsQuery } from '../../../api/tickets.ts';
import { Chip } from '../../../ui/chip.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { useShortcuts, WithShortcut } from '../../../ui/shortcuts.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { titleOf, withChoice, type DeskFilter } from './desk-filter.ts';
import styles from './desk-screen.module.css';
import { QuickViews } from './quick-views.tsx';
import { TicketFilters } from './ticket-filters.tsx';
import { TicketList } from './ticket-list.tsx';

const route = getRouteApi('/desk');
const twoPanes = '(min-width: 761px)';

/** The desk: tickets at the left, the opened one beside them. On a phone one of the two shows. */
export function DeskScreen() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const { ticketId } = useParams({ strict: false });
  const isChildOpen = useIsChildOpen();
  const counts = useQuery(ticketCountsQuery);
  const query = useInfiniteQuery({ ...ticketsQuery(filter), placeholderData: (before) => before });
  const rows = query.data?.pages.flatMap((page) => page.items);

  function setFilter(next: DeskFilter): void {
    void navigate({ to: '.', search: next, replace: true });
  }

  function move(step: number): void {
    if (rows === undefined) return;
    const at = rows.findIndex((row) => row.id === ticketId);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (next !== undefined) void navigate({ to: '/desk/$ticketId', params: { ticketId: next.id }, search: filter });
  }

  useShortcuts({ j: () => move(1), k: () => move(-1), c: () => void navigate({ to: '/desk/new', search: filter }) });
  const firstId = rows?.[0]?.id;
  useEffect(() => {
    // Beside a list there is always a ticket: the first one opens by itself where there is room for it.
    if (isChildOpen || firstId === undefined || !globalThis.matchMedia(twoPanes).matches) return;
    void navigate({ to: '/desk/$ticketId', params: { ticketId: firstId }, search: filter, replace: true });
  }, [isChildOpen, firstId, filter, navigate]);

  const newTicket = (
    <ButtonLink to="/desk/new" variant="filled" leftSection={<Plus size={15} aria-hidden="true" />}>
      Open a ticket
    </ButtonLink>
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
            <ButtonLink to="/desk/new" search={filter} size="xs" aria-label="Open a ticket" px={7}>
              <Plus size={15} aria-hidden="true" />
            </ButtonLink>
          </WithShortcut>
        </header>
        <div className={styles.search}>
          <SearchField
            label="Search the tickets"
            value={filter.search ?? ''}
            onSearch={(search) => setFilter(withChoice(filter, 'search', search === '' ? undefined : search))}
          />
        </div>
        <QuickViews filter={filter} counts={counts.data} onFilter={setFilter} />
        <TicketList
          query={{ ...query, data: rows }}
          filter={filter}
          openedId={ticketId}
          newTicket={newTicket}
          clearFilter={<Button onClick={() => setFilter({})}>Show all open tickets</Button>}
        />
      </section>
      <section className={styles.opened} aria-label="Opened ticket">
        <Outlet />
      </section>
    </div>
  );
}

/** True while a ticket or the form for a new one is open. */
function useIsChildOpen(): boolean {
  return useRouterState({ select: ({ location }) => location.pathname.replace(/\/$/u, '') !== '/desk' });
}
