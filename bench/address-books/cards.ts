/** A contact of the benchmark, the same for every server. */
export interface BenchPerson {
  readonly uid: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  /** E.164, one for each person. */
  readonly number: string;
}

const firstNames = ['Anna', 'Jan', 'Łukasz', 'Zoë', 'Jörg', 'Maria', 'Paweł', 'Grete'];
const lastNames = ['Kowalska', 'Nowak', 'Müller', 'Schmidt', 'Wiśniewski', 'Zając', 'Weiß', 'Dąbrowska'];

/** `count` people with numbers of their own: Polish mobile numbers, which are valid. */
export function benchPeople(count: number): BenchPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    uid: `bench-${index}`,
    firstName: firstNames[index % firstNames.length] ?? '',
    lastName: `${lastNames[(index >> 3) % lastNames.length] ?? ''}-${index}`,
    company: `Company ${index % 997}`,
    number: `+48600${String(index).padStart(6, '0')}`,
  }));
}

/** A card as the desk writes it in size and shape: what the other servers are filled with. */
export function cardOf({ uid, firstName, lastName, company, number }: BenchPerson): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${uid}`,
    `N:${lastName};${firstName};;;(${company})`,
    `FN:${firstName} ${lastName} (${company})`,
    `ORG:${company}`,
    `TEL;TYPE=CELL:${number}`,
    'END:VCARD',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** The same people as a contacts export. */
export function exportOf(people: readonly BenchPerson[]): string {
  const rows = people.map((person) => [person.uid, person.firstName, person.lastName, person.company, person.number].join(','));
  return `Record ID,First Name,Last Name,Company Name,Mobile Phone Number\n${rows.join('\n')}\n`;
}
