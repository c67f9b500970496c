import { useLayoutEffect, useRef } from 'react';
import type { Ticket } from '#server/tickets/tickets.contract.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { MessageEntry, NoteEntry } from './conversation-entry.tsx';
import styles from './conversation.module.css';

/** How near to the end one must be for a new message to pull the view along. */
const nearEndPixels = 120;

/** Everything written on a ticket, oldest first, opened at its newest end. Give it the ticket's id as its key. */
export function Conversation({ ticket }: { readonly ticket: Pick<Ticket, 'conversation'> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const count = ticket.conversation.length;

  useLayoutEffect(() => {
    if (count > 0 && isAtEnd.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [count]);

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
      {count === 0 ? (
        <EmptyState title="Nothing is written yet">Write the first message to the customer below, or a note for the team.</EmptyState>
      ) : (
        <div className={styles.entries}>
          {ticket.conversation.map((entry) =>
            entry.type === 'message' ? <MessageEntry key={entry.message.id} message={entry.message} /> : <NoteEntry key={entry.note.id} note={entry.note} />,
          )}
        </div>
      )}
    </div>
  );
}
