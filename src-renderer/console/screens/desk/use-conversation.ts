import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { ConversationEntry as ConversationEntrySchema, Ticket } from '#server/tickets/tickets.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { readEarlier } from '../../../api/tickets.ts';
import { showProblemToast } from '../../../ui/toasts.tsx';

export type ConversationEntry = z.infer<typeof ConversationEntrySchema>;

export interface Conversation {
  readonly entries: readonly ConversationEntry[];
  /** Reads what came before; undefined when all is there. */
  readonly showEarlier: (() => void) | undefined;
  readonly isReading: boolean;
}

/** What was read beyond the newest part, and where what came before it begins. */
interface Earlier {
  readonly entries: readonly ConversationEntry[];
  readonly cursor: string | null;
}

/** The conversation as far as it was read: the server hands out its newest part, and earlier ones on demand. */
export function useConversation(ticket: Pick<Ticket, 'id' | 'conversation' | 'olderCursor'>): Conversation {
  const [earlier, setEarlier] = useState<Earlier>();
  const cursor = earlier === undefined ? ticket.olderCursor : earlier.cursor;
  const entries = joined(earlier?.entries ?? [], ticket.conversation);
  const read = useMutation({
    mutationFn: (before: string) => readEarlier(ticket.id, before),
    // All that is on screen is kept: the newest part moves on as messages arrive.
    onSuccess: (page) => setEarlier({ entries: joined(page.conversation, entries), cursor: page.olderCursor }),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return { entries, showEarlier: cursor === null ? undefined : () => read.mutate(cursor), isReading: read.isPending };
}

/** Both parts in order, each entry once. */
export function joined(earlier: readonly ConversationEntry[], later: readonly ConversationEntry[]): readonly ConversationEntry[] {
  if (earlier.length === 0) return later;
  const known = new Set(later.map(idOf));
  return [...earlier.filter((entry) => !known.has(idOf(entry))), ...later];
}

export function idOf(entry: ConversationEntry): string {
  return entry.type === 'message' ? entry.message.id : entry.note.id;
}
