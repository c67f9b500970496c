import type { ReactNode } from 'react';
import { Page, PageTools } from './page.tsx';
import styles from './tabbed-page.module.css';

interface TabbedPageProps {
  readonly title: string;
  /** Links of class `tabClass`, with `tabHere` on the one that is open. */
  readonly tabs: ReactNode;
  readonly actions?: ReactNode;
  /** Below the tabs: a search, a count. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A screen of several parts that each have an address: its name, the parts, and what one does here. */
export function TabbedPage({ title, tabs, actions, tools, children }: TabbedPageProps) {
  return (
    <Page>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        <nav className={styles.tabs} aria-label={title}>
          {tabs}
        </nav>
        <div className={styles.actions}>{actions}</div>
      </header>
      {tools === undefined ? null : <PageTools>{tools}</PageTools>}
      <div className={styles.body}>{children}</div>
    </Page>
  );
}

export const tabClass = styles.tab ?? '';
export const tabHere = styles.here ?? '';
