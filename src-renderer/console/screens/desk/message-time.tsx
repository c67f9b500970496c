import { useState } from 'react';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { clockTime, dayOf, exactTime } from '../../../ui/time.ts';

const anHour = 3_600_000;
const aWeek = 7 * 24 * anHour;
const hours = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** When a message was written: how long ago within the hour, weekday and time within the week, else the date. */
export function MessageTime({ at }: { readonly at: string }) {
  const [now] = useState(() => Date.now());
  const age = now - new Date(at).getTime();
  if (age < anHour) return <RelativeTime at={at} />;
  return (
    <time dateTime={at} title={exactTime(at)}>
      {age < aWeek ? clockTime(at) : `${dayOf(at)}, ${hours.format(new Date(at))}`}
    </time>
  );
}
