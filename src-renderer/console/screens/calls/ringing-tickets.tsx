import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DeskCallNews } from '#server/calls/calls.contract.ts';
import { linkTicket } from '../../../api/calls.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { ticketNumber } from '../desk/ticket-words.ts';
import styles from './ringing-calls.module.css';

/** What is open for the caller: a click opens it, another notes the call on it. */
export function RingingTickets({ call, most }: { readonly call: DeskCallNews; readonly most: number }) {
  const queries = useQueryClient();
  const tickets = call.caller?.openTickets ?? [];
  const note = useMutation({
    mutationFn: (ticket: { readonly id: string; readonly number: number }) => linkTicket(call.callId, { ticketId: ticket.id }),
    async onSuccess(_call, ticket) {
      showToast(`Noted on ticket ${ticketNumber(ticket.number)}`);
      await queries.invalidateQueries({ queryKey: ['tickets'] });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  if (tickets.length === 0) return null;
  const more = tickets.length - most;
  return (
    <div className={styles.line}>
      <h3 className={styles.quiet}>{tickets.length === 1 ? '1 open ticket' : `${tickets.length} open tickets`}</h3>
      <ul className={styles.tickets}>
        {tickets.slice(0, most).map((ticket) => (
          <li key={ticket.id}>
            <Link to="/desk/$ticketId" params={{ ticketId: ticket.id }} className={styles.ticket ?? ''}>
              <bdi>{ticket.subject}</bdi>
            </Link>
            {call.ticketId === ticket.id ? (
              <span className={styles.quiet}>noted</span>
            ) : (
              <Button size="compact-xs" loading={note.isPending} aria-label={`Note it on “${ticket.subject}”`} onClick={() => note.mutate(ticket)}>
                Note it
              </Button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className={styles.quiet}>and {more} more</p> : null}
    </div>
  );
}
