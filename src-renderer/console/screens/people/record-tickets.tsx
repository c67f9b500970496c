import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TicketSummary } from '#server/tickets/tickets.contract.ts';
import { ticketsQuery } from '../../../api/tickets.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { stateInWords, ticketNumber } from '../desk/ticket-words.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { MoreButton } from './more-button.tsx';
import { Quiet, RecordPart } from './record-page.tsx';
import styles from './record-tickets.module.css';

interface RecordTicketsProps {
  readonly of: { readonly contactId: string } | { readonly companyId: string };
  /** Who asks when a ticket is opened from here. */
  readonly contactId?: string;
}

/** The tickets of a person or a company, open and closed, newest activity first. */
export function RecordTickets({ of, contactId }: RecordTicketsProps) {
  const query = useInfiniteQuery(ticketsQuery({ ...of, state: 'all' }));
  return (
    <RecordPart
      title="Tickets"
      action={
        contactId === undefined ? null : (
          <ButtonLink size="xs" to="/desk/new" search={{ contactId }}>
            Open a ticket
          </ButtonLink>
        )
      }
    >
      <Loaded
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        failed="The tickets could not be read"
        skeleton={<TextSkeleton lines={3} />}
      >
        {(tickets) => (tickets.length === 0 ? <Quiet>No tickets yet.</Quiet> : <TicketLines tickets={tickets} />)}
      </Loaded>
      <MoreButton query={query} label="Show older tickets" />
    </RecordPart>
  );
}

function TicketLines({ tickets }: { readonly tickets: readonly TicketSummary[] }) {
  return (
    <ul className={styles.tickets}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Link to="/desk/$ticketId" params={{ ticketId: ticket.id }} className={styles.ticket ?? ''}>
            <span className={styles.number}>{ticketNumber(ticket.number)}</span>
            <bdi className={styles.subject}>{ticket.subject}</bdi>
            <Chip tone={ticket.isOpen && ticket.waitsFor === 'team' ? 'on' : 'quiet'}>{stateInWords(ticket)}</Chip>
            <span className={styles.at}>
              <RelativeTime at={ticket.lastActivityAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
