// When a follow-up is due, as one chooses it: a day and a time of day, in the phone's own zone.

/** `2026-03-05` and `17:00`, or empty: as the browser's own fields have them. */
export interface DueDraft {
  readonly dueOn: string;
  readonly dueTime: string;
}

/** The end of working hours. */
const usualTime = '17:00';

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** A day from now as `2026-03-05`. */
export function dayIn(days: number, now: Date = new Date()): string {
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

/** The time one means by a day alone: the end of working hours; where that is past already, the next full hour. */
export function timeOn(day: string, now: Date = new Date()): string {
  const [hours = 0] = usualTime.split(':').map(Number);
  if (day !== dayIn(0, now) || now.getHours() < hours) return usualTime;
  return now.getHours() === 23 ? '23:59' : `${twoDigits(now.getHours() + 1)}:00`;
}

/** The instant, or null where no day is chosen. */
export function dueAt({ dueOn, dueTime }: DueDraft, now: Date = new Date()): string | null {
  const [year, month, date] = dueOn.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(year + month + date)) return null;
  const [hours = 0, minutes = 0] = (dueTime === '' ? timeOn(dueOn, now) : dueTime).split(':').map(Number);
  const at = new Date(now);
  at.setFullYear(year, month - 1, date);
  at.setHours(hours, minutes, 0, 0);
  return at.toISOString();
}

/** Whether it would be overdue at once. */
export function isPast(due: DueDraft, now: Date = new Date()): boolean {
  const at = dueAt(due, now);
  return at !== null && Date.parse(at) < now.getTime();
}
