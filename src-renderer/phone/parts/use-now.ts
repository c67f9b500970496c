import { useEffect, useState } from 'preact/hooks';

/** The present time, again every minute, so that what is due or past is told as it is. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
