/** What to call a person on screen. */
export function personName(person: { readonly first_name: string; readonly last_name: string; readonly email: string | null }): string {
  const name = `${person.first_name} ${person.last_name}`.trim();
  return name === '' ? (person.email ?? '') : name;
}

/** An address as contacts keep it, so that the same mailbox is always the same text. */
export function canonicalEmail(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}
