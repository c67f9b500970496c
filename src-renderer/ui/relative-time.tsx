import { useEffect, useState } from 'react';
import { exactTime, relativeTime } from './time.ts';

const minute = 60_000;

/** How long ago, kept current; the exact time on hover. */
export function RelativeTime({ at }: { readonly at: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), minute);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}
