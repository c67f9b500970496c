import { CloseButton } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import type { DeskCallNews } from '#server/calls/calls.contract.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { moneyInWords } from '../../../ui/money.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { firstNameOf } from '../desk/ticket-words.ts';
import { RingingActions } from './ringing-actions.tsx';
import { RingingTickets } from './ringing-tickets.tsx';
import { belowTheName, callerInWords, clockOf, forgetsAfter, matchInWords } from './ringing.ts';
import styles from './ringing-calls.module.css';
import { WhoIsIt } from './who-is-it.tsx';

const stateWords = { ringing: 'Calling now', answered: 'On the phone', missed: 'Missed call', ended: 'Call ended' } as const;

interface RingingCardProps {
  readonly call: DeskCallNews;
  /** Many ring: each shows less, so that all are seen. */
  readonly isOneOfMany: boolean;
  readonly onClose: () => void;
}

/** One call: who, why that name, what is open for them, and the next step. It puts itself away when nothing more is heard. */
export function RingingCard({ call, isOneOfMany, onClose }: RingingCardProps) {
  const { caller, state } = call;
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const timer = setTimeout(() => close(), forgetsAfter[state]);
    return () => clearTimeout(timer);
  }, [state]);
  const deal = caller?.deal ?? null;

  return (
    <article className={styles.card} data-state={state} aria-label={`${stateWords[state]}: ${callerInWords(call)}`}>
      <div className={styles.top}>
        <Avatar name={caller === null ? '?' : callerInWords(call)} size={36} isActive={caller !== null} />
        <div className={styles.who}>
          <StateLine call={call} />
          <h2 className={styles.name} title={callerInWords(call)}>
            <bdi>{callerInWords(call)}</bdi>
          </h2>
          {belowTheName(call).map((line) => (
            <p key={line} className={styles.number} title={line}>
              <bdi>{line}</bdi>
            </p>
          ))}
          <p className={styles.quiet}>{matchInWords(call)}</p>
        </div>
        <CloseButton size="sm" aria-label="Put this call away" className={styles.close ?? ''} onClick={onClose} />
      </div>
      <WhoIsIt call={call} />
      {deal === null ? null : (
        <p className={styles.line}>
          Deal: <strong dir="auto">{deal.name}</strong>
          {deal.value === null ? '' : `, ${moneyInWords(deal.value)}`}
        </p>
      )}
      <RingingTickets call={call} most={isOneOfMany ? 1 : 3} />
      <RingingActions call={call} />
    </article>
  );
}

/** “Calling now 0:07 · Tom’s phone”. The clock is not read out, or it would be read out each second. */
function StateLine({ call: { state, agent, startedAt, answeredAt } }: { readonly call: DeskCallNews }) {
  const isGoingOn = state === 'ringing' || state === 'answered';
  return (
    <p className={styles.quiet}>
      <span className={styles.state}>{stateWords[state]}</span>
      {isGoingOn ? <Clock since={state === 'answered' && answeredAt !== null ? answeredAt : startedAt} /> : null}
      {agent === null ? null : (
        <>
          {' · '}
          <bdi>{firstNameOf(agent.name)}’s phone</bdi>
        </>
      )}
    </p>
  );
}

function Clock({ since }: { readonly since: string }) {
  const now = useNow();
  return (
    <span className={styles.clock} aria-hidden="true">
      {' '}
      {clockOf(now - new Date(since).getTime())}
    </span>
  );
}
