import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { DeskStatus } from '#server/insights/insights.contract.ts';
import { openOutside } from '../../api/desktop.ts';
import { Dot } from '../../ui/chip.tsx';
import styles from './rail.module.css';

type Part = DeskStatus['parts'][number];

const tones = { good: 'good', attention: 'warn', bad: 'bad', off: 'quiet' } as const;
const shownAlways: readonly Part['part'][] = ['portal', 'phones'];
const places: Readonly<Record<Part['part'], string>> = {
  portal: '/portal',
  phones: '/phones',
  certificate: '/settings/address',
  mail: '/settings/mail',
  disk: '/settings/backups',
  backup: '/settings/backups',
  numbers: '/people/numbers',
};

/** Portal, phones, and whatever else needs a look. Nothing is said about what is well and silent. */
export function SystemBlock({ status }: { readonly status: DeskStatus | undefined }) {
  if (status === undefined) {
    return (
      <div className={styles.system} aria-hidden="true">
        {[96, 120, 88].map((width) => (
          <div key={width} className={styles.line}>
            <Skeleton height={10} width={width} radius="sm" />
          </div>
        ))}
      </div>
    );
  }
  const { parts, portalUrl } = status;
  const shown = parts.filter(({ part, health }) => shownAlways.includes(part) || health === 'attention' || health === 'bad');
  return (
    <section className={styles.system} aria-label="How the system is">
      {shown.map((part) => (
        <div key={part.part}>
          <Link to={places[part.part]} className={styles.line ?? ''} data-health={part.health} title={part.message}>
            <Dot tone={tones[part.health]} />
            <span>{part.title}</span>
          </Link>
          {part.part === 'portal' && portalUrl !== null ? (
            <button type="button" className={`${styles.line} ${styles.address}`} title={`Open ${portalUrl}`} onClick={() => openOutside(portalUrl)}>
              <bdi dir="ltr">{new URL(portalUrl).host}</bdi>
            </button>
          ) : null}
        </div>
      ))}
    </section>
  );
}
