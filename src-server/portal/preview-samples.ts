import type { CustomerTicketPage } from '../tickets/customer-tickets.contract.ts';

// Made-up tickets for the manager's preview of the portal.

interface Sample {
  readonly member: string;
  readonly subjects: readonly [string, string, string];
}

const english: Sample = {
  member: 'Anna Kowalska',
  subjects: ['Label printer prints blank labels since Monday', 'Access card for the new hall', 'Scanner does not connect after lunch'],
};

const samples: Readonly<Record<string, Sample>> = {
  en: english,
  pl: {
    member: 'Anna Kowalska',
    subjects: ['Drukarka etykiet od poniedziałku drukuje puste etykiety', 'Karta dostępu do nowej hali', 'Skaner nie łączy się po przerwie'],
  },
  de: {
    member: 'Anna Kowalska',
    subjects: ['Etikettendrucker druckt seit Montag leere Etiketten', 'Zutrittskarte für die neue Halle', 'Scanner verbindet sich nach der Pause nicht'],
  },
};

const hour = 3_600_000;

export function sampleMember(language: string): string {
  return (samples[language] ?? english).member;
}

/** Three tickets: one where the customer's answer is awaited, one with the team, one closed. */
export function sampleTickets(language: string, now: Date, canViewOrganisation: boolean): CustomerTicketPage {
  const { member, subjects } = samples[language] ?? english;
  const turns = ['customer', 'team', null] as const;
  return {
    items: subjects.map((subject, index) => ({
      number: 2481 - index * 17,
      subject,
      status: { isOpen: turns[index] !== null, publicName: null },
      turn: turns[index] ?? null,
      isMine: true,
      requesterName: member,
      createdAt: new Date(now.getTime() - (index * 70 + 26) * hour).toISOString(),
      lastActivityAt: new Date(now.getTime() - (index * 30 + 1) * hour).toISOString(),
    })),
    nextCursor: null,
    view: 'mine',
    canViewOrganisation,
    isPartial: false,
  };
}
