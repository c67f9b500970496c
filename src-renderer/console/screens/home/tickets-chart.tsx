import type { DeskStatus } from '#server/insights/insights.contract.ts';
import { EmptyState } from '../../../ui/states.tsx';
import styles from './home.module.css';

type Day = DeskStatus['ticketsByDay'][number];

const width = 616;
const height = 296;
const left = 34;
const bottom = 24;
const top = 8;

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'narrow', timeZone: 'UTC' });
const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** The least round number at or above, so that the axis reads well: 1, 2, 5, 10, 20, 50, … */
export function roundCeiling(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** Tickets opened and closed in each of the last days, as pairs of bars; the same numbers stand in a table for screen readers. */
export function TicketsChart({ days }: { readonly days: readonly Day[] }) {
  const opened = days.reduce((sum, day) => sum + day.opened, 0);
  const closed = days.reduce((sum, day) => sum + day.closed, 0);
  return (
    <section className={styles.panel} aria-labelledby="tickets-by-day">
      <div className={styles.chartHead}>
        <h2 id="tickets-by-day" className={styles.heading}>
          Tickets in the last {days.length} days
        </h2>
        <p className={styles.legend}>
          <span>
            <i className={styles.openedKey} aria-hidden="true" /> {opened.toLocaleString('en')} opened
          </span>
          <span>
            <i className={styles.closedKey} aria-hidden="true" /> {closed.toLocaleString('en')} closed
          </span>
        </p>
      </div>
      {opened + closed === 0 ? (
        <EmptyState title="No tickets in these days">
          They come from the portal, or you open one on the desk after a call. Each day then gets its bars here.
        </EmptyState>
      ) : (
        <>
          <Bars days={days} />
          <Table days={days} />
        </>
      )}
    </section>
  );
}

function Bars({ days }: { readonly days: readonly Day[] }) {
  const most = roundCeiling(Math.max(...days.flatMap((day) => [day.opened, day.closed])));
  const slot = (width - left) / days.length;
  const bar = Math.min(10, slot / 3);
  const y = (value: number): number => top + (height - top - bottom) * (1 - value / most);
  return (
    <svg className={styles.chart} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {[0, most / 2, most].map((value) => (
        <g key={value}>
          <line x1={left} x2={width} y1={y(value)} y2={y(value)} className={styles.grid} />
          <text x={left - 8} y={y(value) + 4} textAnchor="end">
            {value.toLocaleString('en')}
          </text>
        </g>
      ))}
      {days.map((day, index) => {
        const middle = left + slot * (index + 0.5);
        const date = new Date(`${day.day}T00:00:00Z`);
        return (
          <g key={day.day} className={styles.day}>
            <title>{`${longDay.format(date)}: ${day.opened} opened, ${day.closed} closed`}</title>
            <rect x={middle - slot / 2} y={0} width={slot} height={height} className={styles.hit} rx={4} />
            <Bar x={middle - bar - 1} y={y(day.opened)} width={bar} base={y(0)} className={styles.opened} />
            <Bar x={middle + 1} y={y(day.closed)} width={bar} base={y(0)} className={styles.closed} />
            <text x={middle} y={height - 6} textAnchor="middle">
              {weekday.format(date)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface BarProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly base: number;
  readonly className: string | undefined;
}

function Bar({ x, y, width: barWidth, base, className }: BarProps) {
  return base - y < 0.5 ? null : <rect x={x} y={y} width={barWidth} height={base - y} rx={Math.min(2, (base - y) / 2)} className={className} />;
}

function Table({ days }: { readonly days: readonly Day[] }) {
  return (
    <table className="visually-hidden">
      <caption>Tickets opened and closed by day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Opened</th>
          <th scope="col">Closed</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day}>
            <th scope="row">{longDay.format(new Date(`${day.day}T00:00:00Z`))}</th>
            <td>{day.opened}</td>
            <td>{day.closed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
