import type { LinkProps } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Page } from '../../../ui/page.tsx';
import { IconLink } from '../../shell/links.tsx';
import styles from './record-page.module.css';

interface RecordPageProps {
  readonly title: string;
  /** Where the list is that one came from. */
  readonly back: { readonly to: LinkProps['to']; readonly label: string };
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  /** What the record is: edited where it stands. */
  readonly details: ReactNode;
  /** What happens with it: tickets, people, timeline. */
  readonly children: ReactNode;
}

/** A person or a company: who it is at the left, what goes on at the right. */
export function RecordPage({ title, back, aside, actions, details, children }: RecordPageProps) {
  return (
    <Page>
      <header className={styles.header}>
        <IconLink to={back.to ?? '/people'} aria-label={back.label} title={back.label}>
          <ArrowLeft size={18} aria-hidden="true" />
        </IconLink>
        <h1 className={styles.title} title={title}>
          <bdi>{title}</bdi>
        </h1>
        {aside}
        <span className={styles.space} />
        <div className={styles.actions}>{actions}</div>
      </header>
      <div className={styles.body}>
        <div className={styles.details}>{details}</div>
        <div className={styles.main}>{children}</div>
      </div>
    </Page>
  );
}

/** One subject of a record, under a small heading. */
export function RecordPart({ title, action, children }: { readonly title: string; readonly action?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <div className={styles.partHead}>
        <h2 className={styles.partTitle}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** What there is none of, in a quiet line. */
export function Quiet({ children }: { readonly children: ReactNode }) {
  return <p className={styles.quiet}>{children}</p>;
}
