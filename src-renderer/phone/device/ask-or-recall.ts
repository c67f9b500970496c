import { keepAnswer, readAnswer } from './answers-store.ts';
import { askFor } from './client.ts';
import { NotReached } from './problem.ts';

/** An answer of the desk, and since when, where it comes from this phone because the desk was not reached. */
export interface Recalled<Answer> {
  readonly answer: Answer;
  readonly keptAt: string | undefined;
}

/**
 * Asks the desk; without it, what it answered last.
 * @throws Refused
 * @throws NotReached when it never answered this.
 */
export async function askOrRecall<Answer>(path: string, signal: AbortSignal): Promise<Recalled<Answer>> {
  try {
    const answer = await askFor<Answer>(path, { signal });
    void keepAnswer(path, answer).catch(() => undefined);
    return { answer, keptAt: undefined };
  } catch (error) {
    if (!(error instanceof NotReached)) throw error;
    const kept = await readAnswer(path).catch(() => undefined);
    if (kept === undefined) throw error;
    return { answer: kept.answer as Answer, keptAt: kept.at };
  }
}
