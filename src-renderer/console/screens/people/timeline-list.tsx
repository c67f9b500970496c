import { Link } from '@tanstack/react-router';
import { CircleCheck, MessageSquare, Phone, RotateCw, Sparkle, StickyNote, TicketPlus, UserCheck, type LucideIcon } from 'lucide-react';
import type { Engagement } from '#server/people/people.contract.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { dayOf, exactTime } from '../../../ui/time.ts';
import styles from './timeline-list.module.css';

const icons: Readonly<Record<string, LucideIcon>> = {
  message: MessageSquare,
  note: StickyNote,
  call: Phone,
  'ticket-opened': TicketPlus,
  'ticket-closed': CircleCheck,
  'ticket-reopened': RotateCw,
  'joined-portal': UserCheck,
};

/** What happened, newest first: what it was, who did it, when. */
export function TimelineList({ entries }: { readonly entries: readonly Engagement[] }) {
  if (entries.length === 0) return <p className={styles.nothing}>Nothing has happened yet.</p>;
  return (
    <ol className={styles.list}>
      {entries.map((entry) => {
        const Icon = icons[entry.kind] ?? Sparkle;
        return (
          <li key={entry.id} className={styles.entry} data-internal={entry.isInternal || undefined}>
            <span className={styles.mark}>
              <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
            </span>
            <div className={styles.words}>
              <p className={styles.summary}>
                <Summary entry={entry} />
              </p>
              <p className={styles.by}>
                {entry.isInternal ? 'Only the team sees this · ' : ''}
                <bdi>{entry.actorName}</bdi> · <RelativeTime at={entry.at} />
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** The same in one line each, without what was written: beside a conversation. */
export function ShortTimeline({ entries }: { readonly entries: readonly Engagement[] }) {
  if (entries.length === 0) return <p className={styles.nothing}>Nothing else has happened yet.</p>;
  return (
    <ul className={styles.short}>
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
