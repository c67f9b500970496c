import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { detailInWords, detailLines } from '#renderer/console/screens/settings/audit-detail.ts';
import { actChoices } from '#renderer/console/screens/settings/audit-words.ts';

const id = '01a21dab-a8d4-79a9-87fb-2a05b4b05230';

describe('D7 the details of an act', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'a phone that was paired',
      { platform: 'ios', scope: { everyone: false, listIds: [id, id], most: 20_000 } },
      'Phone: iPhone · Contacts: 2 lists, at most 20,000',
    ],
    ['a phone that gets everybody', { scope: { everyone: true, listIds: [], most: null } }, 'Contacts: Everybody'],
    [
      'switches and a lease',
      { settings: { callerId: false, showDeal: true }, leaseDays: 30 },
      'Show who is calling: No · Show the open deal: Yes · Contacts leave it after: 30 days',
    ],
    ['a lease that never ends', { leaseDays: null, leaseEndsAt: null }, 'Contacts leave it after: Never · Contacts leave it on: Never'],
    [
      'the company',
      { name: 'Hartmann Optik', country: 'DE', timeZone: 'Europe/Berlin', language: 'de' },
      'Name: Hartmann Optik · Country: Germany · Time zone: Europe/Berlin · Language: German',
    ],
    ['an import', { object: 'contacts', created: 1200, updated: 3, failed: 0 }, 'Of what: Contacts · Added: 1,200 · Changed: 3 · Refused: 0'],
    ['extensions of a telephone system', { extensions: [{ extension: '101', agentId: id }], addresses: [] }, 'Extensions: 101 · Addresses: None'],
    [
      'an edit made on a phone',
      {
        phone: { id, name: 'Anna’s iPhone' },
        changes: [
          { field: 'lastName', from: 'Nowak', to: 'Kowalska' },
          { field: 'email', from: null, to: 'a@b.pl' },
        ],
      },
      'Phone: Anna’s iPhone · Last name: Nowak → Kowalska · E-mail: nothing → a@b.pl',
    ],
    ['who is on a list', { filter: { groups: [[{ field: 'city', operator: 'is', value: 'Kraków' }]] } }, 'Who is on it: city is Kraków'],
    ['an identifier says nothing to people', { stageId: id, contactId: id }, ''],
    [
      'what a later version writes reads as its own name',
      { spareRooms: ['north', 'south'], someDepth: { wayDown: 3 } },
      'Spare rooms: north, south · Way down: 3',
    ],
    ['what does not fit its name is told as it is', { scope: 'all', workdays: 'always', bytes: null }, 'Contacts: all · Days of work: always · Size: None'],
  ])('%s', (_what, detail, words) => {
    expect(detailInWords(detail)).toBe(words);
  });

  test('never show braces or quotes of the program', () => {
    const odd = { a: [{ b: { c: 1 } }], d: [[1], [2]], e: { f: [] }, g: { name: 'G', h: 1 } };

    expect(detailLines(odd).flat().join(' ')).not.toMatch(/[{}[\]"]|object Object/u);
  });

  test('every act that is written down has its words', () => {
    const known = new Set(actChoices.map(({ value }) => value));
    const sources = globSync('src-server/**/*.service.ts').map((file) => readFileSync(file, 'utf8'));
    const acts = sources
      .filter((text) => text.includes('recordAct('))
      .flatMap((text) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/gu)].map(([, act = '']) => act));
    const columns = /\.(?:id|name|state|ts|pem|csv|sqlite)$/u;

    expect([...new Set(acts)].filter((act) => !columns.test(act) && !known.has(act))).toEqual([]);
    expect(acts.length).toBeGreaterThan(60);
  });
});
