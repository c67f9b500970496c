import { alone } from './alone.ts';
import { ask } from './client.ts';
import { inWords, Refused, Told } from './problem.ts';
import { addEntry, markRefused, readQueue, removeEntry, type QueueEntry, type Submission } from './queue-store.ts';

/** Answers that say “not now” rather than “no”. A phone that is off the desk is emptied elsewhere. */
function isFinal(error: unknown): error is Refused {
  return (
    error instanceof Refused && error.status >= 400 && error.status < 500 && ![401, 408, 425, 429].includes(error.status) && error.code !== 'device-wiping'
  );
}

async function post({ path, body, key }: Pick<QueueEntry, 'path' | 'body' | 'key'>): Promise<unknown> {
  const response = await ask(path, { method: 'POST', headers: { 'idempotency-key': key }, ...(body === undefined ? {} : { body }) });
  // It is done by now, whether or not its answer arrives whole.
  return response.json().catch(() => undefined);
}

/** What the desk answered to what got through, by its place in the row. */
type Answers = ReadonlyMap<number, unknown>;

/** Sends what waits in the order it was done; ends at the first that does not get through, for later ones may build on it. */
async function sendWaiting(): Promise<Answers> {
  const sent = new Map<number, unknown>();
  for (;;) {
    const next = (await readQueue()).find((entry) => entry.refusal === undefined);
    if (next === undefined) return sent;
    try {
      const answer = await post(next);
      await removeEntry(next.id);
      sent.set(next.id, answer);
    } catch (error) {
      if (!isFinal(error)) return sent;
      await markRefused(next, inWords(error));
    }
  }
}

let last: Promise<unknown> = Promise.resolve();

function takeTurn(): Promise<Answers> {
  const turn = last.then(() => alone('doorline-queue', sendWaiting));
  last = turn.catch(() => undefined);
  return turn;
}

/** Sends all that waits; how many got through. */
export async function sendQueue(): Promise<number> {
  return (await takeTurn()).size;
}

/** What became of something: the desk has it, and answered where it was heard, or it is kept here for later. */
export type Fate = { readonly is: 'sent'; readonly answer: unknown } | { readonly is: 'kept' };

/**
 * Sends something now, or keeps it until the desk can be reached. It is kept before it is sent, so that nothing is lost
 * when the page is closed in between, and behind what waits already.
 * @throws Told with the desk's words, when the desk does not take it: the person is there to correct it.
 */
export async function submit(submission: Submission): Promise<Fate> {
  const entry = { ...submission, key: crypto.randomUUID(), keptAt: new Date().toISOString() };
  const id = await addEntry(entry).catch(() => undefined);
  if (id === undefined) {
    // A browser that keeps nothing, as in a private window: then it is sent or it is not.
    return { is: 'sent', answer: await post(entry) };
  }
  const answers = await takeTurn();
  const left = (await readQueue()).find((waiting) => waiting.id === id);
  if (left === undefined) return { is: 'sent', answer: answers.get(id) };
  if (left.refusal === undefined) return { is: 'kept' };
  await removeEntry(id);
  throw new Told(left.refusal);
}
