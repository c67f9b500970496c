import type { Message } from '#server/conversations/conversations.contract.ts';
import type { TicketSummary } from '#server/tickets/tickets.contract.ts';

/** A ticket's state for the team: whether it is open and whose turn it is. */
export function stateInWords(ticket: Pick<TicketSummary, 'isOpen' | 'waitsFor'>): string {
  if (!ticket.isOpen) return 'Closed';
  if (ticket.waitsFor === 'team') return 'Open · our turn';
  if (ticket.waitsFor === 'customer') return 'Open · their turn';
  return 'Open';
}

export const priorities: readonly { readonly value: TicketSummary['priority']; readonly label: string }[] = [
  { value: 'urgent', label: 'Urgent' },
  { value: 'high', label: 'High' },
  { value: 'medium', label: 'Medium' },
  { value: 'low', label: 'Low' },
];

export function priorityInWords(priority: TicketSummary['priority']): string {
  return priorities.find((one) => one.value === priority)?.label ?? priority;
}

const channels: Readonly<Record<Message['channel'], string>> = {
  portal: 'Portal',
  email: 'E-mail',
  form: 'Form',
  chat: 'Chat',
  phone: 'Phone',
  desk: 'Desk',
  webhook: 'Webhook',
};

/** How a message came: the channel for what customers wrote, “Reply” for what the team wrote. */
export function wayOf(message: Pick<Message, 'direction' | 'channel' | 'author'>): string {
  if (message.author.kind === 'system') return 'Automatic';
  return message.direction === 'out' ? 'Reply' : channels[message.channel];
}

/** Ticket numbers in groups of three, as one reads them out: 2 481. */
export function ticketNumber(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/gu, '\u00A0');
}

/** The first name, or whatever the person is called. */
export function firstNameOf(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}

const sources: Readonly<Record<string, string>> = {
  portal: 'Portal',
  phone: 'Phone call',
  email: 'E-mail',
  form: 'Form',
  chat: 'Chat',
  desk: 'Desk',
  import: 'Import',
  webhook: 'Webhook',
};

export function sourceInWords(source: string): string {
  return sources[source] ?? source;
}
