/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table element can not place its rows by transform; the roles say what it would. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** A width of CSS grid, such as `minmax(160px, 2fr)` or `96px`. */
  readonly width: string;
  /** Its width where there is little room; the same when left out. */
  readonly narrowWidth?: string;
  readonly align?: 'start' | 'end';
  /** Left out where there is no room for it: on a phone, or in a narrow pane; `wide`: already where not all columns fit. */
  readonly isOptional?: boolean | 'wide';
  readonly cell: (row: Row) => ReactNode;
}

function widthsOf(columns: readonly Pick<Column<never>, 'width'>[]): string {
  return columns.map(({ width }) => width).join(' ');
}

/** The header row is part of what scrolls. */
const headHeight = 36;

interface DataTableProps<Row> {
  /** What the rows are, for screen readers: "People". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly selectedKey?: string | undefined;
  readonly rowHeight?: number;
  /** Called when the last rows come into sight: time for the next page. */
  readonly onEnd?: () => void;
  readonly isLoadingMore?: boolean;
}

/**
 * Rows that scroll smoothly however many there are: only those in sight are drawn. Arrow keys, Home, End and the page keys
 * move, Enter opens.
 */
export function DataTable<Row>({ label, columns, rows, rowKey, onOpen, selectedKey, rowHeight = 44, onEnd, isLoadingMore = false }: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const id = useId();
  // oxlint-disable-next-line react/incompatible-library -- it keeps its own state on purpose; nothing here is memoised by the compiler.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: headHeight,
  });
  const visible = virtual.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const isNearEnd = rows.length > 0 && lastVisible >= rows.length - 8;

  useEffect(() => {
    if (isNearEnd && !isLoadingMore) onEnd?.();
  }, [isNearEnd, isLoadingMore, onEnd]);

  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    virtual.scrollToIndex(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 1);
    const row = rows[active];
    if (event.key === 'Enter' && event.target === event.currentTarget && row !== undefined) onOpen?.(row);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length };
    const step = steps[event.key];
    if (step === undefined || event.target !== event.currentTarget) return;
    event.preventDefault();
    moveTo(active + step);
  }

  const sizes = {
    '--wide': widthsOf(columns),
    '--middle': widthsOf(columns.filter((column) => column.isOptional !== 'wide')),
    '--narrow': widthsOf(
      columns
        .filter((column) => column.isOptional === undefined || column.isOptional === false)
        .map(({ width, narrowWidth = width }) => ({ width: narrowWidth })),
    ),
    '--row': `${rowHeight}px`,
  } as React.CSSProperties;

  return (
    <div className={styles.frame} style={sizes}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={styles.head} role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className={styles.cell} data-align={column.align} data-optional={column.isOptional}>
              {column.header}
            </div>
          ))}
        </div>
        <div className={styles.rows} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid keeps the focus and handles the keys.
              <div
                key={key}
                id={`${id}-${index}`}
                className={styles.row}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={key === selectedKey}
                data-active={index === active || undefined}
                data-opens={onOpen === undefined ? undefined : true}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => {
                  setActive(index);
                  onOpen?.(row);
                }}
              >
                {columns.map((column) => (
                  <div key={column.key} role="gridcell" className={styles.cell} data-align={column.align} data-optional={column.isOptional}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {isLoadingMore ? (
          <p className={styles.more} role="status">
            Reading more rows
          </p>
        ) : null}
      </div>
    </div>
  );
}
