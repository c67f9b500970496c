import { held } from './held-database.ts';
import { readKeys } from './keys.ts';
import { settled } from './settled.ts';

// What the desk answered last, so that calls, tasks and people can be read without it.

const names = ['answers'];

/** Above this the oldest are dropped. */
const mostAnswers = 200;

interface KeptAnswer {
  /** After `/api/device/v1`. */
  readonly path: string;
  readonly answer: unknown;
  /** When the desk said so; ISO 8601 in UTC. */
  readonly at: string;
}

/** Keeps an answer in place of the former one to the same path. A phone that is off the desk keeps nothing. */
export async function keepAnswer(path: string, answer: unknown): Promise<void> {
  if (readKeys() === undefined) return;
  await held.change(names, async (answers) => {
    answers.put({ path, answer, at: new Date().toISOString() } satisfies KeptAnswer);
    const count = await settled(answers.count());
    if (count <= mostAnswers) return;
    const oldest = await settled(answers.index('by-time').getAllKeys(null, count - mostAnswers));
    for (const key of oldest) answers.delete(key);
  });
}

export function readAnswer(path: string): Promise<KeptAnswer | undefined> {
  return held.read(names, (answers) => settled(answers.get(path) as IDBRequest<KeptAnswer | undefined>));
}
