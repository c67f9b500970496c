import { useEffect, useState } from 'react';

const aSecond = 1000;

/** The time, each second anew: for what counts down. */
export function useNow(everyMilliseconds = aSecond): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now;
}
