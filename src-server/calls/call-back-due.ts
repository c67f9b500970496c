import { instantOf, zonedTime } from '../kernel/zoned-time.ts';
import type { CallSettings } from './call-settings.contract.ts';

const day = 86_400_000;

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * When somebody who rang in vain at `at` is to be called back: after so many hours, on the same working day, at its end
 * at the latest. Who rang while the desk was closed waits from the next opening.
 */
export function callBackDue(at: string, settings: CallSettings, timeZone: string): string {
  const rang = Date.parse(at);
  const { date, minutes } = zonedTime(rang, timeZone);
  const [opens, closes] = [minutesOf(settings.opens), minutesOf(settings.closes)];
  const worksOn = (midnight: number) => settings.workdays.includes(((new Date(midnight).getUTCDay() + 6) % 7) + 1);
  const isToday = worksOn(date) && minutes < closes;
  let due = date;
  if (!isToday) {
    do due += day;
    while (!worksOn(due));
  }
  const start = isToday ? Math.max(minutes, opens) : opens;
  return new Date(instantOf({ date: due, minutes: Math.min(start + settings.callBackHours * 60, closes) }, timeZone)).toISOString();
}
