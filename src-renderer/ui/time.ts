const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

const aWeek = 7 * 86_400;

/** "2 min. ago", "yesterday"; a date once it is more than a week away. In the visitor's own zone. */
export function relativeTime(iso: string, now: Date): string {
  const then = new Date(iso);
  const seconds = Math.round((then.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) >= aWeek) return (then.getFullYear() === now.getFullYear() ? day : dayAndYear).format(then);
  if (Math.abs(seconds) < 45) return 'now';
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  return relative.format(Math.sign(seconds) * Math.max(1, Math.round(Math.abs(seconds) / size)), unit);
}

/** "Monday, 23 November 2026 at 09:12", in the visitor's zone. */
export function exactTime(iso: string): string {
  return exact.format(new Date(iso));
}

/** "Mon 09:12", for conversations of this week. */
export function clockTime(iso: string): string {
  return clock.format(new Date(iso)).replace(',', '');
}

/** "12 Nov" or "12 Nov 2025". */
export function dayOf(iso: string, now = new Date()): string {
  const then = new Date(iso);
  return (then.getFullYear() === now.getFullYear() ? day : dayAndYear).format(then);
}
