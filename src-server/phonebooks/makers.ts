/** Makers whose telephones read a phone book in XML. */
export const makers = ['yealink', 'snom', 'grandstream', 'cisco', 'fanvil', 'fritzbox'] as const;
export type Maker = (typeof makers)[number];

export interface MakerLimits {
  /** Entries its telephones take; more slow them down or are dropped in silence. */
  readonly mostEntries: number;
  readonly numbersInEntry: number;
}

/** Entries on one page of a Cisco telephone (Cisco Unified IP Phone Services, CiscoIPPhoneDirectory). */
export const ciscoPage = 32;

// Yealink and Grandstream: 1,000 by their manuals. Cisco: 30 pages, which its menu still holds. FRITZ!Box: 2,000 entries
// of nine numbers, as people who fill them by CardDAV report.
export const limitsOf: Readonly<Record<Maker, MakerLimits>> = {
  yealink: { mostEntries: 1000, numbersInEntry: 3 },
  snom: { mostEntries: 1000, numbersInEntry: 3 },
  grandstream: { mostEntries: 1000, numbersInEntry: 3 },
  cisco: { mostEntries: 30 * ciscoPage, numbersInEntry: 1 },
  fanvil: { mostEntries: 1000, numbersInEntry: 3 },
  fritzbox: { mostEntries: 2000, numbersInEntry: 9 },
};
