import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { DeskStatus } from '#server/insights/insights.contract.ts';
import styles from './home.module.css';

type Part = DeskStatus['parts'][number];

const actionLabels: Readonly<Record<Part['part'], string>> = {
  portal: 'Turn it on',
  certificate: 'Mend it',
  phones: 'Look at the phones',
  mail: 'Look at the mail',
  disk: 'See backups',
  backup: 'Go to backups',
  numbers: 'Mend them',
};

const order = { bad: 0, attention: 1, off: 2, good: 3 } as const;

/** What needs a hand, the worst first, each with the one thing to do about it. Says so when there is nothing. */
export function Attention({ status }: { readonly status: DeskStatus }) {
  const needy = status.parts.filter(({ health }) => health === 'bad' || health === 'attention').toSorted((a, b) => order[a.health] - order[b.health]);
  if (needy.length === 0 && status.isSetUp) {
    return (
      <p className={styles.well}>
        <CircleCheck size={18} aria-hidden="true" /> Everything is well. Nothing waits for you here.
      </p>
    );
  }
  return (
    <section aria-labelledby="attention">
      <h2 id="attention" className={styles.heading}>
        Needs a hand
      </h2>
      <ul className={styles.attention}>
        {status.isSetUp ? null : (
          <Row health="attention" title="Setting up is not finished" message="It goes on where you left it." action="setup" label="Continue" />
        )}
        {needy.map((part) => (
          <Row key={part.part} health={part.health} title={part.title} message={part.message} action={part.action} label={actionLabels[part.part]} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly health: Part['health'];
  readonly title: string;
  readonly message: string;
  readonly action: string | null;
  readonly label: string;
}

function Row({ health, title, message, action, label }: RowProps) {
  const Icon = health === 'bad' ? CircleAlert : TriangleAlert;
  return (
    <li className={styles.need} data-health={health}>
      <Icon size={18} aria-hidden="true" />
      <div className={styles.needText}>
        <strong>{title}</strong>
        <span>{message}</span>
      </div>
      {action === null ? null : (
        <Button component={Link} to={`/${action}`} aria-label={`${label}: ${title}`}>
          {label}
        </Button>
      )}
    </li>
  );
}
