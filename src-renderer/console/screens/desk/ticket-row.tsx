import { Link } from '@tanstack/react-router';
import type { TicketSummary } from '#server/tickets/tickets.contract.ts';
import { Chip } from '../../../ui/chip.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import type { DeskFilter } from './desk-filter.ts';
import { priorityInWords } from './ticket-words.ts';
import styles from './ticket-list.module.css';

interface TicketRowProps {
  readonly ticket: TicketSummary;
  readonly isOpened: boolean;
  readonly filter: DeskFilter;
}

/** A ticket in the desk's list: who, what about, the newest words. Bold while it is the team's turn. */
export function TicketRow({ ticket, isOpened, filter }: TicketRowProps) {
  const isUrgent = ticket.isOpen && (ticket.priority === 'urgent' || ticket.priority === 'high');
  return (
    <Link
      to="/desk/$ticketId"
      params={{ ticketId: ticket.id }}
      search={filter}
      className={styles.row ?? ''}
      data-opened={isOpened || undefined}
      data-ours={(ticket.isOpen && ticket.waitsFor === 'team') || undefined}
      aria-current={isOpened ? 'true' : undefined}
    >
      <span className={styles.top}>
        <bdi className={styles.who}>{whoIn(ticket)}</bdi>
        <RelativeTime at={ticket.lastActivityAt} />
      </span>
      <bdi className={styles.subject}>{ticket.subject}</bdi>
      <span className={styles.bottom}>
        <bdi className={styles.preview}>{previewOf(ticket)}</bdi>
        {isUrgent ? <Chip tone={ticket.priority === 'urgent' ? 'bad' : 'warn'}>{priorityInWords(ticket.priority)}</Chip> : null}
        {ticket.isOpen ? null : <Chip>Closed</Chip>}
      </span>
    </Link>
  );
}

function whoIn({ contact, company }: TicketSummary): string {
  const names = [contact?.name, company?.name].filter((name) => name !== undefined);
  return names.length === 0 ? 'Nobody yet' : names.join(' · ');
}

function previewOf({ preview, waitsFor, isOpen }: TicketSummary): string {
  if (preview !== '') return preview;
  return isOpen && waitsFor === 'customer' ? 'Waiting for the customer' : 'Nothing is written yet';
}
