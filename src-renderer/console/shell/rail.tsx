import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { statusQuery } from '../../api/status.ts';
import { Keys, WithShortcut } from '../../ui/shortcuts.tsx';
import { Brand } from './brand.tsx';
import { destinations } from './navigation.ts';
import styles from './rail.module.css';
import { SystemBlock } from './system-block.tsx';

interface RailProps {
  readonly onSearch: () => void;
  /** Told when a place was chosen: the menu it stands in can close. */
  readonly onGo?: () => void;
}

/** The places of the console, and at the bottom how the system is. */
export function Rail({ onSearch, onGo }: RailProps) {
  const { data: status } = useQuery(statusQuery);
  const counts: Readonly<Record<string, { readonly count: number; readonly means: string } | undefined>> =
    status === undefined
      ? {}
      : {
          '/desk': { count: status.counts.openTickets, means: 'open tickets' },
          '/phones': { count: status.counts.phones, means: 'phones' },
        };
  const path = useLocation({ select: (location) => location.pathname });
  return (
    <aside className={styles.rail} aria-label="Main">
      {onGo === undefined ? (
        <div className={styles.brand}>
          <Brand />
        </div>
      ) : null}
      <button type="button" className={styles.find} aria-keyshortcuts="Control+K" onClick={onSearch}>
        <Search size={15} strokeWidth={1.75} aria-hidden="true" />
        <span>Find</span>
        <Keys shortcut="mod+k" />
      </button>
      <nav aria-label="Places" className={styles.places}>
        {destinations.map(({ label, to, icon: Icon, shortcut, alsoAt }) => {
          const badge = counts[to];
          const isNear = alsoAt !== undefined && path.startsWith(alsoAt);
          return (
            <WithShortcut key={to} label={label} shortcut={shortcut} position="right">
              <Link
                to={to}
                className={`${styles.place ?? ''} ${isNear ? (styles.here ?? '') : ''}`}
                {...(isNear ? { 'aria-current': 'page' as const } : {})}
                activeProps={{ className: styles.here ?? '' }}
                activeOptions={{ exact: to === '/' }}
                onClick={() => onGo?.()}
              >
                <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
                <span>{label}</span>
                {badge === undefined || badge.count === 0 ? null : (
                  <span className={styles.count}>
                    {badge.count.toLocaleString('en')}
                    <span className="visually-hidden"> {badge.means}</span>
                  </span>
                )}
              </Link>
            </WithShortcut>
          );
        })}
      </nav>
      <SystemBlock status={status} />
    </aside>
  );
}
