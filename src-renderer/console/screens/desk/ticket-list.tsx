import { useVirtualizer } from '@tanstack/react-virtual';
import { MessageSquare, SearchX } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { TicketSummary } from '#server/tickets/tickets.contract.ts';
import { Loaded, type Loading } from '../../../ui/loaded.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { narrowingCount, type DeskFilter } from './desk-filter.ts';
import styles from './ticket-list.module.css';
import { TicketRow } from './ticket-row.tsx';

/** Kept in step with .row in the style sheet. */
const rowHeight = 89;

interface TicketListProps {
  readonly query: PagedTickets;
  readonly filter: DeskFilter;
  readonly openedId: string | undefined;
  /** What one may do when there is nothing. */
  readonly newTicket: ReactNode;
  readonly clearFilter: ReactNode;
}

/** The pages read so far; react-query's results fit. */
interface PagedTickets extends Loading<readonly TicketSummary[]> {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The tickets that fit the filter, those with the newest activity first; more are read as one scrolls. */
export function TicketList({ query, filter, openedId, newTicket, clearFilter }: TicketListProps) {
  return (
    <Loaded query={query} failed="The tickets could not be read" skeleton={<ListSkeleton rows={7} height={rowHeight} />}>
      {(tickets) =>
        tickets.length === 0 ? (
          <NoTickets filter={filter} newTicket={newTicket} clearFilter={clearFilter} />
        ) : (
          <Rows
            tickets={tickets}
            openedId={openedId}
            filter={filter}
            isReading={query.isFetchingNextPage}
            onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          />
        )
      }
    </Loaded>
  );
}

function NoTickets({ filter, newTicket, clearFilter }: Pick<TicketListProps, 'filter' | 'newTicket' | 'clearFilter'>) {
  if (filter.search !== undefined || narrowingCount(filter) > 0) {
    return (
      <EmptyState icon={SearchX} title="No ticket fits" action={clearFilter}>
        Search looks at subjects, messages, notes, names and ticket numbers.
      </EmptyState>
    );
  }
  if (filter.state === 'closed') {
    return (
      <EmptyState icon={MessageSquare} title="Nothing is closed yet">
        Tickets that are solved stay here, and can be reopened.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={MessageSquare} title="No open tickets" action={newTicket}>
      What customers send from the portal arrives here by itself. After a phone call, open a ticket by hand.
    </EmptyState>
  );
}

interface RowsProps {
  readonly tickets: readonly TicketSummary[];
  readonly openedId: string | undefined;
  readonly filter: DeskFilter;
  readonly isReading: boolean;
  readonly onEnd: (() => void) | undefined;
}

function Rows({ tickets, openedId, filter, isReading, onEnd }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it keeps its own state on purpose; nothing here is memoised by the compiler.
  const virtual = useVirtualizer({ count: tickets.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 });
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= tickets.length - 8;

  useEffect(() => {
    if (isNearEnd && !isReading) onEnd?.();
  }, [isNearEnd, isReading, onEnd]);

  return (
    <div ref={scroller} className={styles.scroller}>
      <ul className={styles.rows} style={{ height: virtual.getTotalSize() }} aria-label="Tickets">
        {items.map(({ index, start }) => {
          const ticket = tickets[index];
          if (ticket === undefined) return null;
          return (
            <li
              key={ticket.id}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={onEnd === undefined ? tickets.length : -1}
              aria-posinset={index + 1}
            >
              <TicketRow ticket={ticket} isOpened={ticket.id === openedId} filter={filter} />
            </li>
          );
        })}
      </ul>
      {isReading ? (
        <p className={styles.more} aria-live="polite">
          Reading more tickets
        </p>
      ) : null}
    </div>
  );
}
