import { useElementSize } from '@mantine/hooks';
import { roundCeiling } from '../../home/tickets-chart.tsx';
import type { Bucket } from './report-range.ts';
import styles from './report.module.css';

const usualWidth = 760;
const height = 240;
const leastLabelWidth = 64;
const left = 38;
const bottom = 24;
const top = 8;

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

function nameOf({ from, to }: Bucket): string {
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  return from === to ? longDay.format(first) : `${shortDay.format(first)} to ${shortDay.format(last)}`;
}

const kinds = [
  { key: 'answered', label: 'answered', className: styles.answered },
  { key: 'outbound', label: 'outgoing', className: styles.outbound },
  { key: 'missed', label: 'missed', className: styles.missed },
] as const;

/** Calls by day or week as stacked bars; the same numbers stand in a table for screen readers. */
export function CallsChart({ buckets }: { readonly buckets: readonly Bucket[] }) {
  // Drawn at the size it has, so that its words are as large as all others.
  const { ref, width: measured } = useElementSize();
  const width = measured === 0 ? usualWidth : measured;
  const most = roundCeiling(Math.max(1, ...buckets.map((bucket) => bucket.answered + bucket.outbound + bucket.missed)));
  const slot = (width - left) / buckets.length;
  const bar = Math.min(22, slot * 0.66);
  const y = (value: number): number => top + (height - top - bottom) * (1 - value / most);
  const labelEvery = Math.ceil(leastLabelWidth / slot);
  return (
    <>
      <div ref={ref}>
        <svg className={styles.chart} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {[0, most / 2, most].map((value) => (
            <g key={value}>
              <line x1={left} x2={width} y1={y(value)} y2={y(value)} className={styles.grid} />
              <text x={left - 8} y={y(value) + 4} textAnchor="end">
                {value.toLocaleString('en')}
              </text>
            </g>
          ))}
          {buckets.map((bucket, index) => {
            const middle = left + slot * (index + 0.5);
            let below = 0;
            return (
              <g key={bucket.from} className={styles.day}>
                <title>{`${nameOf(bucket)}: ${kinds.map(({ key, label }) => `${bucket[key]} ${label}`).join(', ')}`}</title>
                <rect x={middle - slot / 2} y={0} width={slot} height={height} className={styles.hit} rx={4} />
                {kinds.map(({ key, className }) => {
                  const base = y(below);
                  below += bucket[key];
                  const end = y(below);
                  return base - end < 0.5 ? null : <rect key={key} x={middle - bar / 2} y={end} width={bar} height={base - end} className={className} />;
                })}
                {index % labelEvery === 0 ? (
                  <text x={Math.min(middle, width - leastLabelWidth / 3)} y={height - 6} textAnchor="middle">
                    {shortDay.format(new Date(`${bucket.from}T00:00:00Z`))}
                  </text>
                ) : null}
              </g>
            );
          })}
        </svg>
      </div>
      <table className="visually-hidden">
        <caption>Calls by day</caption>
        <thead>
          <tr>
            <th scope="col">Days</th>
            {kinds.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucket.from}>
              <th scope="row">{nameOf(bucket)}</th>
              {kinds.map(({ key }) => (
                <td key={key}>{bucket[key]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What the colours mean, with the sums. */
export function CallsLegend({ buckets }: { readonly buckets: readonly Bucket[] }) {
  return (
    <p className={styles.legend}>
      {kinds.map(({ key, label }) => (
        <span key={key}>
          <i data-kind={key} aria-hidden="true" /> {buckets.reduce((sum, bucket) => sum + bucket[key], 0).toLocaleString('en')} {label}
        </span>
      ))}
    </p>
  );
}
