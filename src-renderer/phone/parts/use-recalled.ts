import { askOrRecall } from '../device/ask-or-recall.ts';
import { useLoaded, type Loaded } from './use-loaded.ts';
import { usePhone } from './use-phone.tsx';

/** An answer that may come from this phone, because the desk was not reached. */
export interface RecalledAnswer<Answer> extends Loaded<Answer> {
  /** When the desk gave it; undefined when that was right now. */
  readonly keptAt: string | undefined;
}

/** Asks the desk for one thing, again whenever `version` changes; without the desk, what it said last. */
export function useRecalled<Answer>(path: string, version: number): RecalledAnswer<Answer> {
  const { isConnected } = usePhone();
  const loaded = useLoaded(path, (signal) => askOrRecall<Answer>(path, { signal, isConnected }), version);
  return { ...loaded, value: loaded.value?.answer, keptAt: loaded.value?.keptAt };
}
