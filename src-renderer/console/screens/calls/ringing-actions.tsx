import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DeskCallNews } from '#server/calls/calls.contract.ts';
import { openTicketForCall } from '../../../api/calls.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { ticketNumber } from '../desk/ticket-words.ts';
import { callerInWords } from './ringing.ts';
import styles from './ringing-calls.module.css';

/** The next steps: call back who was missed, open a ticket, see or add the contact. */
export function RingingActions({ call }: { readonly call: DeskCallNews }) {
  const contactId = call.caller?.contact?.id;
  const isMissed = call.state === 'missed';
  return (
    <div className={styles.actions}>
      {isMissed && call.number !== null ? (
        <Button component="a" href={`tel:${call.number}`} variant="filled" size="xs">
          Call back
        </Button>
      ) : null}
      <TicketAction call={call} isFirst={!isMissed} />
      {contactId === undefined ? <UnknownAction call={call} /> : null}
      {contactId === undefined ? null : (
        <ButtonLink size="xs" to="/people/$contactId" params={{ contactId }}>
          View contact
        </ButtonLink>
      )}
    </div>
  );
}

/** Somebody new can be added with the number; a withheld one has none, and many who share it are there already. */
function UnknownAction({ call: { number, caller } }: { readonly call: DeskCallNews }) {
  if (number === null || (caller?.candidates.length ?? 0) > 1) return null;
  return (
    <ButtonLink size="xs" to="/people/new" search={{ name: number }}>
      Add contact
    </ButtonLink>
  );
}

/** One click opens a ticket with the caller as its contact; what it is about is written on the ticket. */
function TicketAction({ call, isFirst }: { readonly call: DeskCallNews; readonly isFirst: boolean }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => openTicketForCall(call.callId, `Call from ${callerInWords(call)}`.slice(0, 200)),
    async onSuccess(ticket) {
      showToast(`Ticket ${ticketNumber(ticket.number)} opened`);
      await queries.invalidateQueries({ queryKey: ['tickets'] });
      await navigate({ to: '/desk/$ticketId', params: { ticketId: ticket.id } });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const ticketId = call.ticketId ?? open.data?.id;
  const variant = isFirst ? 'filled' : 'default';
  if (ticketId !== undefined) {
    return (
      <ButtonLink size="xs" variant={variant} to="/desk/$ticketId" params={{ ticketId }}>
        See its ticket
      </ButtonLink>
    );
  }
  return (
    <Button size="xs" variant={variant} loading={open.isPending} onClick={() => open.mutate()}>
      New ticket
    </Button>
  );
}
