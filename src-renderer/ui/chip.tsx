import type { ReactNode } from 'react';
import styles from './chip.module.css';

export type Tone = 'quiet' | 'on' | 'warn' | 'bad';

/** A small word about a state. The dot says it is a live one; the word carries the meaning, never the colour alone. */
export function Chip({ tone = 'quiet', dot = false, children }: { readonly tone?: Tone; readonly dot?: boolean; readonly children: ReactNode }) {
  return (
    <span className={styles.chip} data-tone={tone}>
      {dot ? <Dot tone={tone} /> : null}
      {children}
    </span>
  );
}

export function Dot({ tone }: { readonly tone: Tone | 'good' }) {
  return <span className={styles.dot} data-tone={tone} aria-hidden="true" />;
}
