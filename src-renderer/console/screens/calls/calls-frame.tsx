import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../../../ui/page.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import styles from '../people/people-frame.module.css';

/** The frame of the call log and of what is to be done after calls. */
export function CallsFrame({ children }: { readonly children: ReactNode }) {
  const options = { exact: true };
  const active = { className: styles.here ?? '' };
  return (
    <Page>
      <header className={styles.header}>
        <h1 className={styles.title}>Calls</h1>
        <nav className={styles.tabs} aria-label="Calls">
          <Link to="/calls" search={{}} className={styles.tab ?? ''} activeOptions={{ ...options, includeSearch: true }} activeProps={active}>
            All
          </Link>
          <Link to="/calls" search={{ missed: true }} className={styles.tab ?? ''} activeOptions={{ ...options, includeSearch: true }} activeProps={active}>
            Missed
          </Link>
          <Link to="/calls/tasks" className={styles.tab ?? ''} activeOptions={options} activeProps={active}>
            To do
          </Link>
        </nav>
        <div className={styles.actions}>
          <ButtonLink to="/people/simulate">Simulate a call</ButtonLink>
        </div>
      </header>
      <div className={styles.body}>{children}</div>
    </Page>
  );
}
