import type { InternalNote, Message } from '#server/conversations/conversations.contract.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { AttachmentCard } from './attachment-card.tsx';
import styles from './conversation.module.css';
import { LinkedText } from './linked-text.tsx';
import { MessageTime } from './message-time.tsx';
import { wayOf } from './ticket-words.ts';

/** What one side wrote to the other. */
export function MessageEntry({ message }: { readonly message: Message }) {
  return (
    <article className={styles.message} aria-label={`${message.author.name}, ${wayOf(message)}`}>
      <Avatar name={message.author.name} isActive={message.direction === 'out'} />
      <div className={styles.written}>
        <header className={styles.by}>
          <bdi className={styles.author}>{message.author.name}</bdi>{' '}
          <span>
            {wayOf(message)} · <MessageTime at={message.createdAt} />
          </span>
        </header>
        {message.text === '' ? null : (
          <p className={styles.text} dir="auto">
            <LinkedText text={message.text} />
          </p>
        )}
        {message.attachments.length === 0 ? null : (
          <div className={styles.files}>
            {message.attachments.map((attachment) => (
              <AttachmentCard key={attachment.id} attachment={attachment} />
            ))}
          </div>
        )}
      </div>
    </article>
  );
}

/** What the team wrote to itself; brass, so that nobody takes it for a reply. */
export function NoteEntry({ note }: { readonly note: InternalNote }) {
  return (
    <article className={styles.note} aria-label={`Note by ${note.author.name}`}>
      <header className={styles.noteHead}>Note · only the team sees this</header>
      <p className={styles.text} dir="auto">
        <LinkedText text={note.text} />
      </p>
      <footer className={styles.noteBy}>
        <bdi>{note.author.name}</bdi> · <MessageTime at={note.createdAt} />
      </footer>
    </article>
  );
}
