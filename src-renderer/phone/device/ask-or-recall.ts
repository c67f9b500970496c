import { keepAnswer, readAnswer } from './answers-store.ts';
import { askFor } from './client.ts';
import { NotReached } from './problem.ts';

/** An answer of the desk, and since when, where it comes from this phone because the desk was not reached. */
export interface Recalled<Answer> {
  readonly answer: Answer;
  readonly keptAt: string | undefined;
}

/** How long one waits for the desk where there is something to show without it; shorter while it is known to be away. */
export function shortWait(isConnected: boolean): number {
  return isConnected ? 3000 : 1000;
}

/**
 * Asks the desk; without it, what it answered last.
 * @throws Refused
 * @throws NotReached when it never answered this.
 */
export async function askOrRecall<Answer>(
  path: string,
  { signal, isConnected }: { readonly signal: AbortSignal; readonly isConnected: boolean },
): Promise<Recalled<Answer>> {
  const kept = await readAnswer(path).catch(() => undefined);
  try {
    const answer = await askFor<Answer>(path, { signal, ...(kept === undefined ? {} : { waitAtMost: shortWait(isConnected) }) });
    void keepAnswer(path, answer).catch(() => undefined);
    return { answer, keptAt: undefined };
  } catch (error) {
    if (!(error instanceof NotReached) || kept === undefined) throw error;
    return { answer: kept.answer as Answer, keptAt: kept.at };
  }
}
