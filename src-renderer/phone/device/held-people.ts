import { numbersOf, searchHeld, type HeldNumber } from './directory-store.ts';

/** Somebody as the contacts on this phone tell of them. */
export interface HeldPerson {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  /** E.164. */
  readonly numbers: readonly string[];
}

/** The label of a number is “Jan Kowalski · ACME”, or a company's. */
function asPerson([first, ...others]: readonly [HeldNumber, ...HeldNumber[]]): HeldPerson {
  const [name = '', company = null] = first.label.split(' · ');
  return { id: first.contactId, name, company, numbers: [first, ...others].map(({ digits }) => `+${digits}`) };
}

/** Those who fit what was typed, by their first number that does. */
export async function findHeldPeople(typed: string, most: number): Promise<readonly HeldPerson[]> {
  const people = new Map<string, HeldPerson>();
  for (const number of await searchHeld(typed, most)) {
    if (!people.has(number.contactId)) people.set(number.contactId, asPerson([number]));
  }
  return [...people.values()];
}

export async function readHeldPerson(id: string): Promise<HeldPerson | undefined> {
  const [first, ...others] = await numbersOf(id);
  return first === undefined ? undefined : asPerson([first, ...others]);
}
