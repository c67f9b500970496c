import type { CallReport } from '#server/call-reports/call-reports.contract.ts';

/** Days a report is about, as one chooses them. */
export const ranges = [
  { value: '7', label: 'Last 7 days' },
  { value: '28', label: 'Last 28 days' },
  { value: '90', label: 'Last 90 days' },
  { value: '365', label: 'Last 365 days' },
] as const;

/** What the report shows; stands in the address. */
export interface ReportSearch {
  readonly days?: string;
  readonly agent?: string;
}

export function readReportSearch({ days, agent }: Readonly<Record<string, unknown>>): ReportSearch {
  const length = ranges.find((range) => range.value === String(days))?.value;
  return {
    ...(length === undefined || length === '28' ? {} : { days: length }),
    ...(typeof agent === 'string' && agent !== '' ? { agent } : {}),
  };
}

function isoDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last `days` days, today included. */
export function rangeOf(days: number, now = new Date()): { readonly from: string; readonly to: string } {
  return { from: isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1)), to: isoDay(now) };
}

export interface Bucket {
  readonly from: string;
  readonly to: string;
  readonly answered: number;
  readonly outbound: number;
  readonly missed: number;
}

const mostBars = 31;

/** Days as bars: one each, or seven together where there would be too many to tell apart. */
export function bucketsOf(days: CallReport['days']): Bucket[] {
  const size = days.length <= mostBars ? 1 : 7;
  const buckets: Bucket[] = [];
  // Whole weeks end today; the first one may be shorter.
  for (let end = days.length; end > 0; end -= size) {
    const part = days.slice(Math.max(0, end - size), end);
    const sum = (key: 'answered' | 'outbound' | 'missed') => part.reduce((total, day) => total + day[key], 0);
    buckets.unshift({ from: part[0]?.day ?? '', to: part.at(-1)?.day ?? '', answered: sum('answered'), outbound: sum('outbound'), missed: sum('missed') });
  }
  return buckets;
}
