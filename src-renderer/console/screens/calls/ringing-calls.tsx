import { CloseButton } from '@mantine/core';
import { useCallback, useEffect, useEffectEvent, useReducer } from 'react';
import { CallNews } from '#server/calls/calls.contract.ts';
import type { LiveEvent } from '#server/live/live.contract.ts';
import { announce } from '../../../ui/announcer.tsx';
import { Avatar } from '../../../ui/avatar.tsx';
import { useLive } from '../../shell/live.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { firstNameOf } from '../desk/ticket-words.ts';
import { belowTheName, callerInWords, forgetsAfter, ringing } from './ringing.ts';
import styles from './ringing-calls.module.css';

/** Who is calling, on every screen: as cards in the corner, the newest below. */
export function RingingCalls() {
  const [calls, tell] = useReducer(ringing, []);
  const hear = useCallback((event: LiveEvent) => {
    const news = CallNews.safeParse(event.payload);
    if (!news.success) return;
    tell({ news: news.data });
    if (news.data.state === 'ringing' && news.data.direction === 'inbound') announce(`${callerInWords(news.data)} is calling`);
  }, []);
  useLive('call', hear);

  return (
    <section className={styles.calls} aria-label="Calls">
      {calls.map((call) => (
        <RingingCard key={call.callId} call={call} onClose={() => tell({ forget: call.callId })} />
      ))}
    </section>
  );
}

const stateWords = { ringing: 'Calling now', answered: 'On the phone', missed: 'Missed call', ended: 'Call ended' } as const;

/** One call: who, what is open for them, and the next step. It puts itself away when nothing more is heard. */
export function RingingCard({ call, onClose }: { readonly call: CallNews; readonly onClose: () => void }) {
  const { caller, state, agent } = call;
  const contactId = caller?.contact?.id;
  const [ticket, ...others] = caller?.openTickets ?? [];
  const rest = others.length;
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const timer = setTimeout(() => close(), forgetsAfter[state]);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <article className={styles.card} data-state={state} aria-label={`${stateWords[state]}: ${callerInWords(call)}`}>
      <div className={styles.top}>
        <Avatar name={caller === null ? '?' : callerInWords(call)} size={40} isActive={caller !== null} />
        <div className={styles.who}>
          <p className={styles.quiet}>
            <span className={styles.state}>{stateWords[state]}</span>
            {agent === null ? null : (
              <>
                {' · '}
                <bdi>{firstNameOf(agent.name)}’s phone</bdi>
              </>
            )}
          </p>
          <h2 className={styles.name}>
            <bdi>{callerInWords(call)}</bdi>
          </h2>
          <p className={styles.number}>
            <bdi>{belowTheName(call)}</bdi>
          </p>
        </div>
        <CloseButton size="sm" aria-label="Put this call away" className={styles.close ?? ''} onClick={onClose} />
      </div>
      {ticket === undefined ? null : (
        <p className={styles.tickets}>
          {rest === 0 ? '1 open ticket: ' : `${rest + 1} open tickets, newest: `}
          <strong>
            <bdi>{ticket.subject}</bdi>
          </strong>
        </p>
      )}
      {caller !== null && caller.contact === null && caller.candidates.length > 1 ? (
        <p className={styles.tickets}>
          Shared by{' '}
          <bdi>
            {caller.candidates
              .slice(0, 3)
              .map((candidate) => candidate.name)
              .join(', ')}
          </bdi>
          {caller.candidates.length > 3 ? ` and ${caller.candidates.length - 3} more` : ''}
        </p>
      ) : null}
      <div className={styles.actions}>
        {ticket === undefined ? (
          <ButtonLink variant="filled" to="/desk/new" search={{ callId: call.callId, ...(contactId === undefined ? {} : { contactId }) }}>
            New ticket
          </ButtonLink>
        ) : (
          <ButtonLink variant="filled" to="/desk/$ticketId" params={{ ticketId: ticket.id }}>
            Open ticket
          </ButtonLink>
        )}
        {contactId === undefined ? (
          <ButtonLink to="/people/new" search={call.number === null ? {} : { name: call.number }}>
            Add contact
          </ButtonLink>
        ) : (
          <ButtonLink to="/people/$contactId" params={{ contactId }}>
            Contact
          </ButtonLink>
        )}
      </div>
    </article>
  );
}
