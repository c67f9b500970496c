import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { CallerExplanation, CallerMatch } from '#server/caller-id/caller-id.contract.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { PhoneFrame } from '../../../ui/device-frame.tsx';
import { Loaded, type Loading } from '../../../ui/loaded.tsx';
import { moneyInWords } from '../../../ui/money.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import styles from './call-explanation.module.css';

type Explanation = z.infer<typeof CallerExplanation>;

/** The ringing phone, and the steps that led to what it shows. Without the phone where it stands elsewhere. */
export function CallExplanation({ query, hasPhone = true }: { readonly query: Loading<Explanation>; readonly hasPhone?: boolean }) {
  return (
    <Loaded query={query} failed="The call could not be simulated" skeleton={<TextSkeleton lines={5} />}>
      {(explanation) => (
        <div className={styles.answer} data-phone={hasPhone || undefined}>
          {hasPhone ? (
            <PhoneFrame label="What the phone shows">
              <RingingScreen explanation={explanation} />
            </PhoneFrame>
          ) : null}
          <div className={styles.why}>
            <h2 className={styles.heading}>Why</h2>
            <ol className={styles.steps}>
              {explanation.steps.map(({ step, outcome }, index) => (
                <li key={index}>
                  <span className={styles.step}>{step}</span>
                  <bdi>{outcome}</bdi>
                </li>
              ))}
            </ol>
            {explanation.result === null ? null : <Found match={explanation.result} />}
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** A phone's call screen, as plain as phones make it. */
export function RingingScreen({ explanation }: { readonly explanation: Explanation }) {
  const { result, e164, input, isWithheld } = explanation;
  const number = /\d/u.test(input) ? input : (e164 ?? input);
  const name = result?.contact === null || result === null ? result?.display : `${result.contact.firstName} ${result.contact.lastName}`;
  return (
    <div className={styles.ringing}>
      <Avatar name={name ?? '?'} size={72} isActive={result !== null} />
      <bdi className={styles.display}>{result?.display ?? (isWithheld ? 'Withheld number' : number)}</bdi>
      {result === null || isWithheld ? null : (
        <bdi dir="ltr" className={styles.number}>
          {number}
        </bdi>
      )}
      {result?.deal === null || result?.deal === undefined ? null : (
        <bdi className={styles.deal}>
          {result.deal.name}
          {result.deal.value === null ? '' : ` · ${moneyInWords(result.deal.value)}`}
        </bdi>
      )}
      <span className={styles.state}>Incoming call</span>
    </div>
  );
}

function Found({ match }: { readonly match: z.infer<typeof CallerMatch> }) {
  return (
    <div className={styles.found}>
      {match.contact === null ? null : (
        <p>
          Contact:{' '}
          <Link to="/people/$contactId" params={{ contactId: match.contact.id }}>
            <bdi>{`${match.contact.firstName} ${match.contact.lastName}`.trim()}</bdi>
          </Link>
        </p>
      )}
      {match.company === null ? null : (
        <p>
          Company:{' '}
          <Link to="/people/companies/$companyId" params={{ companyId: match.company.id }}>
            <bdi>{match.company.name}</bdi>
          </Link>
        </p>
      )}
      {match.candidates.length > 1 ? (
        <p>
          Shared by{' '}
          {match.candidates.map((candidate, index) => (
            <span key={candidate.id}>
              {index === 0 ? '' : ', '}
              <Link to="/people/$contactId" params={{ contactId: candidate.id }}>
                <bdi>{candidate.name}</bdi>
              </Link>
            </span>
          ))}
        </p>
      ) : null}
      {match.openTickets.map((ticket) => (
        <p key={ticket.id}>
          Open ticket:{' '}
          <Link to="/desk/$ticketId" params={{ ticketId: ticket.id }}>
            <bdi>{ticket.subject}</bdi>
          </Link>
        </p>
      ))}
    </div>
  );
}
