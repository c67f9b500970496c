import type { CustomerStatus } from '../../tickets/customer-tickets.contract.ts';
import type { Visit } from '../visit.ts';

/** An instant as the reader writes it, the exact one on hover. */
export function When({ visit, at, form = 'short' }: { readonly visit: Visit; readonly at: string; readonly form?: 'short' | 'day' | 'full' }) {
  return (
    <time dateTime={`${at.slice(0, 16)}Z`} title={form === 'full' ? undefined : visit.times.full(at)}>
      {visit.times[form](at)}
    </time>
  );
}

/** What the status is called for customers: Open or Closed, or the stage's public name when the portal is set so. */
export function statusName(visit: Visit, status: CustomerStatus): string {
  const { translator, settings } = visit;
  const plain = translator.t(status.isOpen ? 'status.open' : 'status.closed');
  if (settings.statusNames === 'open-closed' || status.publicName === null) return plain;
  return status.publicName[translator.language] ?? status.publicName[settings.defaultLanguage] ?? plain;
}

export function StatusChip({ visit, status, turn }: { readonly visit: Visit; readonly status: CustomerStatus; readonly turn: 'team' | 'customer' | null }) {
  const name = statusName(visit, status);
  if (!status.isOpen) return <span class="chip">{name}</span>;
  if (turn === 'customer') return <span class="chip warn">{visit.translator.t('status.yourTurn', { status: name })}</span>;
  return <span class="chip on">{name}</span>;
}

/** A size in the reader's way of writing numbers. */
export function fileSize({ translator }: Visit, bytes: number): string {
  const number = (value: number) => new Intl.NumberFormat(translator.language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  if (bytes < 1024) return translator.t('files.bytes', { size: number(bytes) });
  if (bytes < 1_048_576) return translator.t('files.kilobytes', { size: number(bytes / 1024) });
  return translator.t('files.megabytes', { size: number(bytes / 1_048_576) });
}
