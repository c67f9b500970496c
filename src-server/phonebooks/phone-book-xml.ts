import { xml, xmlDocument, type Xml } from '../kernel/xml.ts';
import { ciscoPage, type Maker } from './makers.ts';
import type { BookEntry, BookNumber } from './phone-book.ts';

export interface BookToWrite {
  readonly title: string;
  readonly entries: readonly BookEntry[];
  /** Where the book itself is, for the addresses of its pages. */
  readonly url: string;
  /** Which page is asked for; undefined: the start. Cisco only. */
  readonly page: number | undefined;
}

/** Yealink, “Remote Phone Book”: YealinkIPPhoneDirectory. */
function yealink({ title, entries }: BookToWrite): Xml {
  return xml`<YealinkIPPhoneDirectory>
<Title>${title}</Title>
${entries.map(
  ({ name, numbers }) => xml`<DirectoryEntry><Name>${name}</Name>${numbers.map(({ e164 }) => xml`<Telephone>${e164}</Telephone>`)}</DirectoryEntry>
`,
)}</YealinkIPPhoneDirectory>`;
}

/** Snom, “XML directory”, version 2: tbook, firmware 10.1.178 and newer. */
function snom({ entries }: BookToWrite): Xml {
  const number = ({ e164, isMobile }: BookNumber) => xml`<number no="${e164}" type="${isMobile ? 'mobile' : 'business'}" outgoing_id="0"/>`;
  return xml`<tbook e="2" version="2.0">
${entries.map(
  ({
    firstName,
    lastName,
    numbers,
  }) => xml`<contact fav="false" vip="false" blocked="false"><first_name>${firstName}</first_name><last_name>${lastName}</last_name><numbers>${numbers.map(number)}</numbers></contact>
`,
)}</tbook>`;
}

/** One type for each number of an entry: a Grandstream keeps one number of a type. */
function grandstreamTypes(numbers: readonly BookNumber[]): string[] {
  const free = ['Work', 'Mobile', 'Home'];
  return numbers.map(({ isMobile }) => {
    const wanted = isMobile && free.includes('Mobile') ? 'Mobile' : (free.find((type) => type !== 'Mobile') ?? 'Mobile');
    free.splice(free.indexOf(wanted), 1);
    return wanted;
  });
}

/** Grandstream, “GXP series XML phonebook guide”: AddressBook. */
function grandstream({ entries }: BookToWrite): Xml {
  const contact = ({ firstName, lastName, numbers }: BookEntry, index: number) => {
    const types = grandstreamTypes(numbers);
    const phones = numbers.map(({ e164 }, at) => xml`<Phone type="${types[at]}"><phonenumber>${e164}</phonenumber><accountindex>0</accountindex></Phone>`);
    return xml`<Contact><id>${index + 1}</id><FirstName>${firstName}</FirstName><LastName>${lastName}</LastName>${phones}<Group>0</Group></Contact>
`;
  };
  return xml`<AddressBook>
<version>1</version>
${entries.map(contact)}</AddressBook>`;
}

/** Fanvil, “Cloud phone book”: FanvilIPPhoneDirectory, three places for numbers. */
function fanvil({ title, entries }: BookToWrite): Xml {
  const entry = ({ name, numbers }: BookEntry) => {
    const mobile = numbers.find((number) => number.isMobile);
    const [telephone, other] = numbers.filter((number) => number !== mobile);
    return xml`<DirectoryEntry><Name>${name}</Name><Telephone>${telephone?.e164}</Telephone><Mobile>${mobile?.e164}</Mobile><Other>${other?.e164}</Other><Ring>0</Ring><Group></Group></DirectoryEntry>
`;
  };
  return xml`<FanvilIPPhoneDirectory>
<Title>${title}</Title>
${entries.map(entry)}</FanvilIPPhoneDirectory>`;
}

/** FRITZ!Box, the file its own backup of a phone book has, to be restored by hand: phonebooks. The first number is the main one. */
function fritzbox({ title, entries }: BookToWrite): Xml {
  const contact = ({ name, numbers }: BookEntry) => {
    const listed = numbers.map(
      ({ e164, isMobile }, at) => xml`<number type="${isMobile ? 'mobile' : 'work'}" prio="${at === 0 ? 1 : 0}" id="${at}">${e164}</number>`,
    );
    return xml`<contact><category>0</category><person><realName>${name}</realName></person><telephony nid="${numbers.length}">${listed}</telephony><services/><setup/></contact>
`;
  };
  return xml`<phonebooks>
<phonebook name="${title}">
${entries.map(contact)}</phonebook>
</phonebooks>`;
}

const byName = new Intl.Collator(undefined, { sensitivity: 'base' });
const softKeys = [
  ['Dial', 'SoftKey:Dial'],
  ['EditDial', 'SoftKey:EditDial'],
  ['Exit', 'SoftKey:Exit'],
] as const;

/**
 * Cisco Unified IP Phone Services: a page of CiscoIPPhoneDirectory holds 32 entries, so a longer book starts with a
 * CiscoIPPhoneMenu of its pages, by name, and each page leads to the next.
 */
function cisco({ title, entries, url, page }: BookToWrite): Xml {
  const sorted = entries.toSorted((left, right) => byName.compare(left.name, right.name));
  const pages = Array.from({ length: Math.max(1, Math.ceil(sorted.length / ciscoPage)) }, (_, at) => sorted.slice(at * ciscoPage, (at + 1) * ciscoPage));
  const addressOf = (number: number) => `${url}?page=${number}`;
  if (page === undefined && pages.length > 1) {
    const items = pages.map(
      (shown, at) => xml`<MenuItem><Name>${shown[0]?.name.slice(0, 20)} – ${shown.at(-1)?.name.slice(0, 20)}</Name><URL>${addressOf(at + 1)}</URL></MenuItem>
`,
    );
    return xml`<CiscoIPPhoneMenu>
<Title>${title}</Title>
<Prompt>Choose a page</Prompt>
${items}</CiscoIPPhoneMenu>`;
  }
  const number = page ?? 1;
  const shown = pages[number - 1] ?? [];
  const keys = [...softKeys, ...(number < pages.length ? [['Next', addressOf(number + 1)] as const] : [])];
  return xml`<CiscoIPPhoneDirectory>
<Title>${title}</Title>
<Prompt>${pages.length === 1 ? 'Choose a name' : `Page ${number} of ${pages.length}`}</Prompt>
${shown.map(
  ({ name, numbers }) => xml`<DirectoryEntry><Name>${name}</Name><Telephone>${numbers[0]?.e164}</Telephone></DirectoryEntry>
`,
)}${keys.map(
    ([name, address], at) => xml`<SoftKeyItem><Name>${name}</Name><URL>${address}</URL><Position>${at + 1}</Position></SoftKeyItem>
`,
  )}</CiscoIPPhoneDirectory>`;
}

/** What a Cisco telephone is told of one number that calls: the directory of nobody else. */
export function writeCiscoCaller(title: string, caller: { readonly name: string; readonly number: string } | undefined): string {
  return xmlDocument(xml`<CiscoIPPhoneDirectory>
<Title>${title}</Title>
<Prompt>${caller === undefined ? 'Nobody is known by this number' : 'Choose a name'}</Prompt>
${
  caller === undefined
    ? undefined
    : xml`<DirectoryEntry><Name>${caller.name}</Name><Telephone>${caller.number}</Telephone></DirectoryEntry>
`
}</CiscoIPPhoneDirectory>`);
}

const writers: Readonly<Record<Maker, (book: BookToWrite) => Xml>> = { yealink, snom, grandstream, cisco, fanvil, fritzbox };

/** A phone book as a maker's telephones read it. */
export function writePhoneBook(maker: Maker, book: BookToWrite): string {
  return xmlDocument(writers[maker](book));
}
