import { useCallback, useEffect, useState } from 'preact/hooks';
import type { SetupState, SetupWay } from '#server/enrolment/enrolment.contract.ts';
import { askFor, query } from '../device/client.ts';

const lookEvery = 2500;

/** How far this phone is, looked at again and again while the page is seen: what one does in Settings shows here on its own. */
export function useSetup(way: SetupWay | undefined) {
  const [state, setState] = useState<SetupState>();
  const [error, setError] = useState<unknown>();
  const look = useCallback(async () => {
    try {
      setState(await askFor<SetupState>(`/setup${query({ way })}`));
      setError(undefined);
    } catch (problem) {
      setError(problem);
    }
  }, [way]);

  useEffect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') void look();
    };
    void look();
    const timer = setInterval(seen, lookEvery);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [look]);
  return { state, error, look, setState };
}
