import type { ReactNode } from 'react';
import styles from './key-value.module.css';

export type KeyValueRow = readonly [label: string, value: ReactNode];

/** Labels and values in two columns. Rows without a value are left out. */
export function KeyValue({ rows, labelWidth = 86 }: { readonly rows: readonly KeyValueRow[]; readonly labelWidth?: number }) {
  return (
    <dl className={styles.list} style={{ gridTemplateColumns: `${labelWidth}px minmax(0, 1fr)` }}>
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([label, value]) => (
          <div key={label} className={styles.row}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
