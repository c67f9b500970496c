import type { CallTotals } from '#server/call-reports/call-reports.contract.ts';
import { durationInWords } from '../call-words.ts';
import styles from './report.module.css';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** “12 % more than before”; nothing where there was nothing to compare with. */
function comparedTo(now: number, before: number): string {
  if (before === 0) return now === 0 ? '' : 'none before';
  const change = (now - before) / before;
  if (Math.abs(change) < 0.005) return 'as many as before';
  return `${percent.format(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than before`;
}

function shareCompared(now: number | null, before: number | null): string {
  if (now === null || before === null) return '';
  const points = Math.round((now - before) * 100);
  if (points === 0) return 'as before';
  return `${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'} ${points > 0 ? 'better' : 'worse'} than before`;
}

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
}

function Tile({ label, value, detail }: TileProps) {
  return (
    <div className={styles.tile}>
      <dt>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.detail}>{detail === '' ? ' ' : detail}</dd>
    </div>
  );
}

/** The days in five numbers, each beside the days before. */
export function ReportTiles({ totals, before }: { readonly totals: CallTotals; readonly before: CallTotals }) {
  const wait = totals.secondsToCallBack;
  return (
    <dl className={styles.tiles}>
      <Tile label="Incoming calls" value={totals.inbound.toLocaleString('en')} detail={comparedTo(totals.inbound, before.inbound)} />
      <Tile
        label="Answered"
        value={totals.answeredShare === null ? '–' : percent.format(totals.answeredShare)}
        detail={shareCompared(totals.answeredShare, before.answeredShare)}
      />
      <Tile label="Outgoing calls" value={totals.outbound.toLocaleString('en')} detail={comparedTo(totals.outbound, before.outbound)} />
      <Tile
        label="Time on the phone"
        value={durationInWords(totals.talkSeconds)}
        detail={before.talkSeconds === 0 ? '' : `${durationInWords(before.talkSeconds)} before`}
      />
      <Tile
        label="Missed callers reached"
        value={totals.calledBack.toLocaleString('en')}
        detail={wait === null ? '' : `after ${durationInWords(wait)} on average`}
      />
    </dl>
  );
}
