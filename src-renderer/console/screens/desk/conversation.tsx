import { Button } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import type { Ticket } from '#server/tickets/tickets.contract.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { MessageEntry, NoteEntry } from './conversation-entry.tsx';
import styles from './conversation.module.css';
import { idOf, useConversation } from './use-conversation.ts';

/** How near to the end one must be for a new message to pull the view along. */
const nearEndPixels = 120;

/** Everything written on a ticket, oldest first, opened at its newest end. Give it the ticket's id as its key. */
export function Conversation({ ticket }: { readonly ticket: Pick<Ticket, 'id' | 'conversation' | 'olderCursor'> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const { entries, showEarlier, isReading } = useConversation(ticket);
  const newest = entries.at(-1);
  const newestId = newest === undefined ? undefined : idOf(newest);

  useLayoutEffect(() => {
    if (newestId !== undefined && isAtEnd.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [newestId]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="log"
      aria-label="Conversation"
      aria-live="polite"
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        isAtEnd.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < nearEndPixels;
      }}
    >
      {entries.length === 0 ? (
        <EmptyState title="Nothing is written yet">Write the first message to the customer below, or a note for the team.</EmptyState>
      ) : (
        <div className={styles.entries}>
          {showEarlier === undefined ? null : (
            <Button className={styles.earlier ?? ''} size="xs" loading={isReading} onClick={showEarlier}>
              Show what came before
            </Button>
          )}
          {entries.map((entry) =>
            entry.type === 'message' ? <MessageEntry key={idOf(entry)} message={entry.message} /> : <NoteEntry key={idOf(entry)} note={entry.note} />,
          )}
        </div>
      )}
    </div>
  );
}
