import { Link } from '@tanstack/react-router';
import type { Engagement } from '#server/people/people.contract.ts';
import { dayOf, exactTime } from '../../../ui/time.ts';
import styles from './timeline-list.module.css';

/** What happened, newest first: in a few words, with the day. */
export function TimelineList({ entries }: { readonly entries: readonly Engagement[] }) {
  if (entries.length === 0) return <p className={styles.nothing}>Nothing has happened yet.</p>;
  return (
    <ul className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <Summary entry={entry} />{' '}
          <time className={styles.day} dateTime={entry.at} title={`${exactTime(entry.at)}, ${entry.actorName}`}>
            · {dayOf(entry.at)}
          </time>
        </li>
      ))}
    </ul>
  );
}

function Summary({ entry }: { readonly entry: Engagement }) {
  if (entry.ticketId === null) return <bdi>{entry.summary}</bdi>;
  return (
    <Link to="/desk/$ticketId" params={{ ticketId: entry.ticketId }} className={styles.link ?? ''}>
      <bdi>{entry.summary}</bdi>
    </Link>
  );
}
