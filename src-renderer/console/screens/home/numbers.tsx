import { Link } from '@tanstack/react-router';
import type { DeskStatus } from '#server/insights/insights.contract.ts';
import styles from './home.module.css';

/** The desk in five numbers; each leads to what it counts. */
export function Numbers({ counts }: { readonly counts: DeskStatus['counts'] }) {
  return (
    <section aria-label="Today in numbers" className={styles.numbers}>
      <Tile to="/desk" value={counts.openTickets} label={counts.openTickets === 1 ? 'open ticket' : 'open tickets'} />
      <Tile
        to="/desk"
        value={counts.waitingForTeam}
        label={counts.waitingForTeam === 1 ? 'waits for the team' : 'wait for the team'}
        tone={counts.waitingForTeam > 0 ? 'on' : undefined}
      />
      <Tile
        to="/calls"
        value={counts.missedCallsToday}
        label={counts.missedCallsToday === 1 ? 'missed call today' : 'missed calls today'}
        tone={counts.missedCallsToday > 0 ? 'warn' : undefined}
      />
      <Tile
        to="/people"
        value={counts.contacts}
        label={counts.contacts === 1 ? 'contact' : 'contacts'}
        detail={`${counts.members.toLocaleString('en')} in the portal`}
      />
      <Tile
        to="/phones"
        value={counts.phonesInSync}
        label={counts.phonesInSync === 1 ? 'phone in sync' : 'phones in sync'}
        detail={counts.phones === counts.phonesInSync ? '' : `of ${counts.phones.toLocaleString('en')}`}
      />
    </section>
  );
}

interface TileProps {
  readonly to: string;
  readonly value: number;
  readonly label: string;
  readonly detail?: string;
  readonly tone?: 'on' | 'warn' | undefined;
}

function Tile({ to, value, label, detail = '', tone }: TileProps) {
  return (
    <Link to={to} className={styles.tile ?? ''} data-tone={tone}>
      <span className={styles.value}>{value.toLocaleString('en')}</span>
      <span className={styles.label}>
        {label}
        {detail === '' ? null : <span className={styles.detail}> · {detail}</span>}
      </span>
    </Link>
  );
}
