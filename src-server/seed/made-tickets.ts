import { madeContact, momentAt, type MadeContact, type SeedPlan } from './made-people.ts';
import { noteTexts, phrasesIn, type Phrases } from './phrases.ts';
import { idOf, randomFor, type Random } from './random.ts';

const day = 86_400_000;
const hour = 3_600_000;

export interface MadeMessage {
  readonly id: string;
  /** Of its entry on the timelines. */
  readonly entryId: string;
  readonly isFromCustomer: boolean;
  readonly text: string;
  readonly at: number;
}

export interface MadeTicket {
  readonly id: string;
  readonly threadId: string;
  readonly subject: string;
  readonly contact: MadeContact;
  readonly priority: string;
  readonly source: string;
  readonly isOpen: boolean;
  readonly isAssigned: boolean;
  readonly messages: readonly MadeMessage[];
  readonly note: { readonly id: string; readonly entryId: string; readonly text: string; readonly at: number } | null;
  readonly createdAt: number;
  readonly closedAt: number | null;
}

/** So many tickets each member has, as far as there are enough. */
const ticketsOfMember = 25;

/** Whose ticket it is: somebody who has been active since; in turn, each member gets a fair share. */
function contactOf(plan: SeedPlan, index: number, random: Random): number {
  const forMembers = plan.members === 0 ? 0 : Math.max(2, Math.floor(plan.tickets / (plan.members * ticketsOfMember)));
  if (forMembers > 0 && index % forMembers === 0) return plan.contacts - 1 - (Math.floor(index / forMembers) % plan.members);
  const share = (index + 1) / plan.tickets;
  return Math.min(plan.contacts - 1, Math.floor(plan.contacts * (share + (1 - share) * random.next())));
}

function fill(text: string, random: Random): string {
  return text.replace('{n}', String(2 + random.below(98)));
}

function madeText(random: Random, isFirst: boolean, words: Phrases): string {
  if (!isFirst) return fill(random.pick(words.thanks), random);
  const parts = [random.pick(words.requests), random.pick(words.requests), random.pick(words.details)];
  return parts.map((part) => fill(part, random)).join(' ');
}

function madeMessages(
  random: Random,
  { index, language, from, until }: { readonly index: number; readonly language: string; readonly from: number; readonly until: number },
): MadeMessage[] {
  const words = phrasesIn(language);
  const count = 1 + random.below(3);
  let at = from;
  return Array.from({ length: count }, (_, position) => {
    const isFromCustomer = position % 2 === 0;
    if (position > 0) at = Math.min(until, at + hour + random.below(2 * day));
    return {
      id: idOf('message', index * 4 + position),
      entryId: idOf('message-entry', index * 4 + position),
      isFromCustomer,
      text: isFromCustomer ? madeText(random, position === 0, words) : random.pick(words.answers),
      at,
    };
  });
}

/** Older tickets are closed but for a few that were forgotten. */
function isStillOpen(random: Random, age: number): boolean {
  return random.chance(age < 14 * day ? 0.7 : 0.02);
}

export function madeTicket(plan: SeedPlan, index: number): MadeTicket {
  const random = randomFor('ticket', index);
  const contact = madeContact(plan, contactOf(plan, index, random));
  const createdAt = momentAt(plan, (index + 1) / plan.tickets);
  const until = Math.max(createdAt, contact.lastActivityAt);
  const words = phrasesIn(contact.language);
  const messages = madeMessages(random, { index, language: contact.language, from: createdAt, until });
  const newest = messages.at(-1)?.at ?? createdAt;
  const isOpen = isStillOpen(random, plan.until - createdAt);
  const noteAt = Math.min(until, createdAt + random.below(hour));
  return {
    id: idOf('ticket', index),
    threadId: idOf('thread', index),
    subject: fill(random.pick(words.subjects), random),
    contact,
    source: random.pick(['portal', 'portal', 'email', 'phone', 'desk']),
    priority: random.pick(['low', 'medium', 'medium', 'medium', 'high', 'urgent']),
    isOpen,
    isAssigned: random.chance(isOpen ? 0.6 : 0.95),
    messages,
    note: random.chance(0.25) ? { id: idOf('note', index), entryId: idOf('note-entry', index), text: random.pick(noteTexts), at: noteAt } : null,
    createdAt,
    closedAt: isOpen ? null : Math.min(until, newest + hour),
  };
}
