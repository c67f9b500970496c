import { Link } from '@tanstack/react-router';
import type { DeskStatus } from '#server/insights/insights.contract.ts';
import { Dot } from '../../../ui/chip.tsx';
import styles from './home.module.css';

type Part = DeskStatus['parts'][number];

const tones = { good: 'good', attention: 'warn', bad: 'bad', off: 'quiet' } as const;
const words = { good: 'well', attention: 'needs a hand', bad: 'not working', off: 'off' } as const;

/** Every part of the system and how it is. */
export function SystemList({ parts, version }: { readonly parts: readonly Part[]; readonly version: string }) {
  return (
    <section className={styles.panel} aria-labelledby="system">
      <h2 id="system" className={styles.heading}>
        System
      </h2>
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.part}>
            <Dot tone={tones[part.health]} />
            <div>
              <PartTitle part={part} />
              <span className="visually-hidden">, {words[part.health]}</span>
              <p>{part.message}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className={styles.version}>Doorline {version}</p>
    </section>
  );
}

function PartTitle({ part }: { readonly part: Part }) {
  if (part.action === null) return <span className={styles.partTitle}>{part.title}</span>;
  // The server names the screen; one that is not there shows that there is nothing.
  const to: string = `/${part.action}`;
  return (
    <Link to={to} className={styles.partTitle ?? ''}>
      {part.title}
    </Link>
  );
}
