import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** Something fetched: what came last stays while it is fetched anew. */
export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/**
 * Fetches when it is first shown, and again when `key` or `version` changes and on `reload`. Another key is another
 * thing; another version is the same thing, fresher. Answers that come too late are dropped.
 */
export function useLoaded<Value>(key: string, load: (signal: AbortSignal) => Promise<Value>, version: number | string = 0): Loaded<Value> {
  const [state, setState] = useState<{ readonly key: string; readonly value: Value | undefined; readonly error: unknown; readonly isLoading: boolean }>({
    key,
    value: undefined,
    error: undefined,
    isLoading: true,
  });
  const [round, setRound] = useState(0);
  const loadRef = useRef(load);
  useEffect(() => {
    loadRef.current = load;
  });

  useEffect(() => {
    const ended = new AbortController();
    setState((before) => ({ ...before, key, isLoading: true, ...(before.key === key ? {} : { value: undefined, error: undefined }) }));
    loadRef.current(ended.signal).then(
      (value) => {
        if (!ended.signal.aborted) setState({ key, value, error: undefined, isLoading: false });
      },
      (error: unknown) => {
        if (!ended.signal.aborted) setState((before) => ({ ...before, error, isLoading: false }));
      },
    );
    return () => ended.abort();
  }, [key, round, version]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  const isOfKey = state.key === key;
  return { value: isOfKey ? state.value : undefined, error: isOfKey ? state.error : undefined, isLoading: state.isLoading || !isOfKey, reload };
}
