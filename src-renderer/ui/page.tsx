import type { ReactNode } from 'react';
import styles from './page.module.css';

/** A screen: its header stays, its body scrolls. */
export function Page({ children }: { readonly children: ReactNode }) {
  return <div className={styles.page}>{children}</div>;
}

interface PageHeaderProps {
  readonly title: string;
  /** The way back, where there is only room for one pane: a link with an icon. */
  readonly back?: ReactNode;
  /** Beside the title: a count, a state. */
  readonly aside?: ReactNode;
  /** At the right: the one or two things one does here. */
  readonly actions?: ReactNode;
}

export function PageHeader({ title, back, aside, actions }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      {back === undefined ? null : <span className={styles.back}>{back}</span>}
      <h1 className={styles.title} title={title}>
        {title}
      </h1>
      {aside}
      <span className={styles.space} />
      <div className={styles.actions}>{actions}</div>
    </header>
  );
}

/** Above a list: its search, its filter, a count. */
export function PageTools({ children }: { readonly children: ReactNode }) {
  return <div className={styles.tools}>{children}</div>;
}

/** The part of a page that scrolls. `wide` is for tables; text and forms read best narrow. */
export function PageBody({ children, width = 'narrow' }: { readonly children: ReactNode; readonly width?: 'narrow' | 'wide' | 'full' }) {
  return (
    <div className={styles.body} data-width={width}>
      <div className={styles.content}>{children}</div>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One subject of a page, with a heading. */
export function Section({ title, lead, actions, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <div>
          <h2 className={styles.sectionTitle}>{title}</h2>
          {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** A bordered box on the page. */
export function Card({ children, tone }: { readonly children: ReactNode; readonly tone?: 'warn' | 'bad' | 'on' }) {
  return (
    <div className={styles.card} data-tone={tone}>
      {children}
    </div>
  );
}

/** Panes beside each other that scroll on their own, such as a list, a record and its details. On a phone one shows at a time. */
export function Panes({ columns, showing, children }: { readonly columns: string; readonly showing: number; readonly children: ReactNode }) {
  return (
    <div className={styles.panes} style={{ gridTemplateColumns: columns }} data-showing={showing}>
      {children}
    </div>
  );
}

export function Pane({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className={styles.pane} aria-label={label}>
      {children}
    </section>
  );
}
