import { shownText } from '../kernel/shown-text.ts';
import type { SetupText } from './pbx.contract.ts';
import type { SetupPlace } from './setup-place.ts';

/** Where the phone book of a source is as an address book, over TLS only. */
export const bookDavPath = '/phonebook/dav/';

/** FRITZ!Box: what is typed for an online phone book, under the words its form has in German (FRITZ!OS 7.20 and newer). */
export function fritzboxTexts({ origin, key, title }: SetupPlace, sourceId: string): SetupText[] {
  const fields = [
    ['Name', shownText(title)],
    ['Anbieter', 'CardDAV-Anbieter'],
    ['Internetadresse des CardDAV-Servers', `${origin}${bookDavPath}`],
    ['Benutzername', sourceId],
    ['Passwort', key],
  ] as const;
  return [
    {
      title: 'Online phone book',
      hint: 'On a FRITZ!Box with FRITZ!OS 7.20 or newer: Telefonie → Telefonbuch, make a new phone book and choose “Telefonbuch eines Online-Anbieters nutzen”. Then choose it for the telephones that are to show its names. The box reads it again about once a day, and at once when it is updated there.',
      fileName: 'doorline-fritzbox.txt',
      text: fields.map(([name, value]) => `${name}\n  ${value}\n`).join(''),
    },
  ];
}
