import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { Ticket } from '#server/tickets/tickets.contract.ts';
import { ticketQuery } from '../../../api/tickets.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { useShortcuts } from '../../../ui/shortcuts.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import type { DeskFilter } from './desk-filter.ts';
import { TicketAside } from './ticket-aside.tsx';
import { TicketHeader } from './ticket-header.tsx';
import styles from './ticket-screen.module.css';
import { useCloseAndReopen } from './use-ticket-change.ts';

const route = getRouteApi('/desk/$ticketId');

/** The opened ticket: conversation, what one writes, and who it is about. */
export function TicketScreen() {
  const { ticketId } = route.useParams();
  const filter = route.useSearch();
  const ticket = useQuery(ticketQuery(ticketId));
  return (
    <Loaded query={ticket} failed="The ticket could not be read" skeleton={<TicketSkeleton />}>
      {(found) => <OpenedTicket key={found.id} ticket={found} filter={filter} />}
    </Loaded>
  );
}

function OpenedTicket({ ticket, filter }: { readonly ticket: Ticket; readonly filter: DeskFilter }) {
  const composer = useRef<ComposerHandle>(null);
  const [areDetailsOpen, setDetailsOpen] = useState(false);
  const close = useCloseAndReopen(ticket);
  useShortcuts({ r: () => composer.current?.write('reply'), n: () => composer.current?.write('note'), e: close.toggle });

  return (
    <div className={styles.ticket}>
      <div className={styles.conversation}>
        <TicketHeader ticket={ticket} filter={filter} onDetails={() => setDetailsOpen(true)} />
        <Conversation key={ticket.id} ticket={ticket} />
        <Composer ticket={ticket} handle={composer} />
      </div>
      <aside className={styles.aside} aria-label="Contact and details">
        <TicketAside ticket={ticket} />
      </aside>
      <Drawer
        opened={areDetailsOpen}
        onClose={() => setDetailsOpen(false)}
        position="right"
        size={340}
        title="Contact and details"
        padding={0}
        classNames={{ header: styles.drawerHead ?? '' }}
      >
        <TicketAside ticket={ticket} />
      </Drawer>
    </div>
  );
}

function TicketSkeleton() {
  return (
    <div className={styles.ticket}>
      <div className={styles.conversation}>
        <div className={styles.skeletonBar} />
        <div className={styles.skeleton}>
          <TextSkeleton lines={3} />
          <TextSkeleton lines={2} />
        </div>
      </div>
      <aside className={styles.aside} aria-hidden="true">
        <div className={styles.skeleton}>
          <TextSkeleton lines={5} />
        </div>
      </aside>
    </div>
  );
}
