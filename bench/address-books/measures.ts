import type { BenchPerson } from './cards.ts';
import { countCards, davClient, hrefsIn, syncTokenIn } from './dav-client.ts';
import type { BenchServer } from './peers.ts';

const cardsAtOnce = 100;

/** Milliseconds, and for how many cards they were spent. */
export interface Timed {
  readonly milliseconds: number;
  readonly cards: number;
  readonly bytes: number;
}

/** First sync as DAVx5 and vdirsyncer do it: list, then fetch by hundreds. Slow servers are stopped after `mostSeconds`. */
export async function firstSync({ address }: BenchServer, mostSeconds: number): Promise<Timed> {
  const client = davClient(address);
  const start = performance.now();
  const hrefs = await client.list();
  let cards = 0;
  let bytes = 0;
  for (let at = 0; at < hrefs.length && performance.now() - start < mostSeconds * 1000; at += cardsAtOnce) {
    const answer = await client.multiget(hrefs.slice(at, at + cardsAtOnce));
    cards += countCards(answer.body);
    bytes += answer.bytes;
  }
  client.close();
  return { milliseconds: performance.now() - start, cards, bytes };
}

/** Everything in one answer; some servers leave the cards out of it, which the count shows. */
export async function oneShot({ address }: BenchServer): Promise<Timed> {
  const client = davClient(address);
  const start = performance.now();
  const answer = await client.sync('');
  client.close();
  return { milliseconds: performance.now() - start, cards: countCards(answer.body), bytes: answer.bytes };
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Median of polls when nothing changed, and how many ten phones get answered in a second. */
export async function unchangedPoll(
  { address }: BenchServer,
  seconds: number,
): Promise<{ readonly p50: number; readonly rate: number; readonly bytes: number }> {
  const single = davClient(address);
  const times: number[] = [];
  let bytes = 0;
  const until = performance.now() + seconds * 1000;
  do {
    const start = performance.now();
    bytes = (await single.poll()).bytes;
    times.push(performance.now() - start);
  } while (performance.now() < until);
  single.close();

  const phones = davClient(address, 10);
  let answered = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const ask = async (): Promise<void> => {
    do {
      await phones.poll();
      answered += 1;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: 10 }, ask));
  phones.close();
  return { p50: median(times), rate: answered / ((performance.now() - start) / 1000), bytes };
}

/** Fetches ten changed contacts as a phone does: what changed, then the cards. The median of the rounds. */
export async function deltaOfTen(server: BenchServer, people: readonly BenchPerson[], rounds: number): Promise<number> {
  const times: number[] = [];
  const client = davClient(server.address);
  for (let round = 0; round < rounds; round += 1) {
    const token = syncTokenIn((await client.poll()).body);
    const first = (round * 10) % Math.max(1, people.length - 10);
    await server.change(people.slice(first, first + 10).map((person) => ({ ...person, firstName: `${person.firstName}${round}` })));
    // Alike for all: some render their cards a moment later, and what was idle answers its next question slower.
    await new Promise((resume) => setTimeout(resume, 1500));
    const start = performance.now();
    const changes = await client.sync(token);
    const hrefs = hrefsIn(changes.body).filter((href) => !href.endsWith('/'));
    const cards = countCards(changes.body) > 0 ? countCards(changes.body) : countCards((await client.multiget(hrefs)).body);
    times.push(performance.now() - start);
    if (cards !== 10) throw new Error(`${server.name} told of ${cards} changed cards instead of 10.`);
  }
  client.close();
  return median(times);
}
