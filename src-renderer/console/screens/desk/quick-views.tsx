import type { z } from 'zod';
import type { TicketCounts } from '#server/tickets/tickets.contract.ts';
import type { DeskFilter } from './desk-filter.ts';
import styles from './quick-views.module.css';

interface QuickViewsProps {
  readonly filter: DeskFilter;
  readonly counts: z.infer<typeof TicketCounts> | undefined;
  readonly onFilter: (filter: DeskFilter) => void;
}

type View = 'everyone' | 'mine' | 'nobody';

/** The three questions an agent asks of the list, one click each. They keep the search and the other choices. */
export function QuickViews({ filter, counts, onFilter }: QuickViewsProps) {
  const { assigneeId, ...rest } = filter;
  const views: readonly { readonly view: View; readonly label: string; readonly count: number | undefined; readonly next: DeskFilter }[] = [
    { view: 'everyone', label: 'Everyone’s', count: undefined, next: rest },
    { view: 'mine', label: 'Mine', count: counts?.mine, next: { ...rest, assigneeId: 'me' } },
    { view: 'nobody', label: 'Nobody’s', count: counts?.unassigned, next: { ...rest, assigneeId: 'nobody' } },
  ];
  return (
    <fieldset className={styles.views}>
      <legend className="visually-hidden">Whose tickets</legend>
      {views.map(({ view, label, count, next }) => (
        <button key={view} type="button" className={styles.view} aria-pressed={(assigneeId ?? undefined) === next.assigneeId} onClick={() => onFilter(next)}>
          {label}
          {count === undefined || count === 0 || filter.state !== undefined ? null : <span className={styles.count}>{count.toLocaleString('en')}</span>}
        </button>
      ))}
    </fieldset>
  );
}
