/** What a list of People is searched for; stands in the address. */
export interface PeopleSearch {
  readonly search?: string;
}

export function readPeopleSearch({ search }: Readonly<Record<string, unknown>>): PeopleSearch {
  // A search for digits arrives as a number.
  const text = typeof search === 'number' ? String(search) : search;
  return typeof text === 'string' && text !== '' ? { search: text } : {};
}

/** The name a new contact starts with. */
export interface NewContactStart {
  readonly name?: string;
}

export function readNewContactStart({ name }: Readonly<Record<string, unknown>>): NewContactStart {
  return typeof name === 'string' || typeof name === 'number' ? { name: String(name) } : {};
}
