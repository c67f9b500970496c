import type { LinkProps } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '../../../ui/avatar.tsx';
import { Page } from '../../../ui/page.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import styles from './record-page.module.css';

interface RecordPageProps {
  /** Where the list is that one came from. */
  readonly back: { readonly to: LinkProps['to']; readonly label: string };
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  /** What the record is: edited where it stands. */
  readonly details: ReactNode;
  /** What happens with it: tickets, people, timeline. */
  readonly children: ReactNode;
}

/** A person, a company or a phone: what it is at the left, what goes on at the right. */
export function RecordPage({ back, aside, actions, details, children }: RecordPageProps) {
  return (
    <Page>
      <header className={styles.header}>
        <ButtonLink to={back.to ?? '/people'} variant="subtle" color="gray" leftSection={<ArrowLeft size={16} aria-hidden="true" />}>
          {back.label}
        </ButtonLink>
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

/** The record's name, large, with a line below it. */
export function RecordName({ name, children }: { readonly name: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.who}>
      <Avatar name={name} size={44} />
      <div className={styles.names}>
        <h1 className={styles.name}>
          <bdi>{name}</bdi>
        </h1>
        <p className={styles.below}>{children}</p>
      </div>
    </div>
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
