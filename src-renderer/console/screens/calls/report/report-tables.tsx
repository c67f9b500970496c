import { Link } from '@tanstack/react-router';
import type { CallReport } from '#server/call-reports/call-reports.contract.ts';
import { durationInWords, outcomeInWords } from '../call-words.ts';
import styles from './report.module.css';

/** Each agent's share. */
export function AgentsTable({ agents }: { readonly agents: CallReport['agents'] }) {
  return (
    <div className={styles.tableScroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Answered</th>
            <th scope="col">Missed</th>
            <th scope="col">Outgoing</th>
            <th scope="col">On the phone</th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.id ?? ''}>
              <th scope="row">
                <bdi>{agent.name}</bdi>
              </th>
              <td>{agent.answered.toLocaleString('en')}</td>
              <td data-tone={agent.missed > 0 ? 'warn' : undefined}>{agent.missed.toLocaleString('en')}</td>
              <td>{agent.outbound.toLocaleString('en')}</td>
              <td>{durationInWords(agent.talkSeconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Those who called most; each leads to the record. */
export function CallersTable({ callers }: { readonly callers: CallReport['callers'] }) {
  return (
    <div className={styles.tableScroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Caller</th>
            <th scope="col">Calls</th>
            <th scope="col">Missed</th>
          </tr>
        </thead>
        <tbody>
          {callers.map((caller) => (
            <tr key={caller.id}>
              <th scope="row">
                {caller.kind === 'contact' ? (
                  <Link to="/people/$contactId" params={{ contactId: caller.id }} className={styles.link ?? ''}>
                    <bdi>{caller.name}</bdi>
                  </Link>
                ) : (
                  <Link to="/people/companies/$companyId" params={{ companyId: caller.id }} className={styles.link ?? ''}>
                    <bdi>{caller.name}</bdi>
                  </Link>
                )}
              </th>
              <td>{caller.calls.toLocaleString('en')}</td>
              <td data-tone={caller.missed > 0 ? 'warn' : undefined}>{caller.missed.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How calls went, by what agents noted. */
export function OutcomesList({ outcomes }: { readonly outcomes: CallReport['outcomes'] }) {
  const most = Math.max(1, ...outcomes.map((row) => row.calls));
  return (
    <ul className={styles.outcomes}>
      {outcomes.map((row) => (
        <li key={row.outcome}>
          <span>{outcomeInWords(row.outcome)}</span>
          <span className={styles.number}>{row.calls.toLocaleString('en')}</span>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="6" rx="3" className={styles.track} />
            <rect width={(row.calls / most) * 100} height="6" rx="3" className={styles.answered} />
          </svg>
        </li>
      ))}
    </ul>
  );
}
