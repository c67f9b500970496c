import { MessageSquare, Settings2, User, UserPlus, Smartphone, Upload, TicketPlus, type LucideIcon } from 'lucide-react';
import type { ContactSummary } from '#server/people/people.contract.ts';
import type { TicketSummary } from '#server/tickets/tickets.contract.ts';
import { destinations, furtherPlaces } from './navigation.ts';

export interface PaletteItem {
  readonly id: string;
  readonly group: 'Go to' | 'Do' | 'People' | 'Tickets' | 'Perhaps';
  readonly label: string;
  readonly detail: string;
  readonly icon: LucideIcon;
  readonly to: string;
  readonly shortcut?: string;
  readonly keywords: string;
}

const places: readonly PaletteItem[] = [
  ...destinations.map(({ label, to, icon, shortcut, keywords }): PaletteItem => ({ id: to, group: 'Go to', label, detail: '', icon, to, shortcut, keywords })),
  { id: 'new-ticket', group: 'Do', label: 'Open a ticket', detail: '', icon: TicketPlus, to: '/desk/new', keywords: 'new create add' },
  { id: 'new-contact', group: 'Do', label: 'Add a contact', detail: '', icon: UserPlus, to: '/people/new', keywords: 'new create person customer' },
  { id: 'import', group: 'Do', label: 'Import people or tickets', detail: '', icon: Upload, to: '/imports/new', keywords: 'csv hubspot file upload' },
  { id: 'pair', group: 'Do', label: 'Pair a phone', detail: '', icon: Smartphone, to: '/phones/pair', keywords: 'qr device add new iphone android' },
  ...furtherPlaces.map(({ label, to, keywords }): PaletteItem => ({ id: to, group: 'Go to', label, detail: '', icon: Settings2, to, keywords })),
];

/** What stands in the palette before anything is typed: the rail, and what one does most. */
export const usualPlaces = places.filter(({ group, shortcut }) => group === 'Do' || shortcut !== undefined);

/** Places and actions whose name has a word that begins with each word typed. */
export function namedPlaces(search: string): readonly PaletteItem[] {
  return places.filter(({ label }) => fits(search, label));
}

/** Places and actions that are meant by another word: "csv" means importing. */
export function meantPlaces(search: string): readonly PaletteItem[] {
  return places.filter(({ label, keywords }) => !fits(search, label) && fits(search, `${label} ${keywords}`)).map((place) => ({ ...place, group: 'Perhaps' }));
}

function fits(search: string, text: string): boolean {
  const words = wordsOf(text);
  return wordsOf(search).every((start) => words.some((word) => word.startsWith(start)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
}

export function contactItem(contact: ContactSummary): PaletteItem {
  const detail = [contact.company?.name, contact.primaryNumber, contact.email].filter((part) => part !== null && part !== undefined).slice(0, 2);
  return {
    id: `contact-${contact.id}`,
    group: 'People',
    label: contact.displayName,
    detail: detail.join(' · '),
    icon: User,
    to: `/people/${contact.id}`,
    keywords: '',
  };
}

export function ticketItem(ticket: TicketSummary): PaletteItem {
  const detail = [`#${ticket.number}`, ticket.contact?.name, ticket.isOpen ? undefined : 'closed'].filter((part) => part !== undefined);
  return {
    id: `ticket-${ticket.id}`,
    group: 'Tickets',
    label: ticket.subject,
    detail: detail.join(' · '),
    icon: MessageSquare,
    to: `/desk/${ticket.id}`,
    keywords: '',
  };
}
