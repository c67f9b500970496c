import type { CallSettings } from './call-settings.contract.ts';

const minute = 60_000;
const day = 86_400_000;

interface LocalTime {
  /** The local date as if it were UTC. */
  readonly date: number;
  readonly minutes: number;
}

function localTime(at: number, timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const date = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day']);
  return { date, minutes: (parts['hour'] ?? 0) * 60 + (parts['minute'] ?? 0) };
}

/** The instant at which clocks of the zone show this; where they skip it, the one just after. */
function instantOf({ date, minutes }: LocalTime, timeZone: string): number {
  const wanted = date + minutes * minute;
  const offsetAt = (at: number) => {
    const local = localTime(at, timeZone);
    return local.date + local.minutes * minute - Math.floor(at / minute) * minute;
  };
  return wanted - offsetAt(wanted - offsetAt(wanted));
}

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
  const { date, minutes } = localTime(rang, timeZone);
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
