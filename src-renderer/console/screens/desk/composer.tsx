import { Button, FileButton, Tabs, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import { useImperativeHandle, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent, type Ref } from 'react';
import type { Ticket } from '#server/tickets/tickets.contract.ts';
import { addNote, reply } from '../../../api/conversations.ts';
import { useDraft } from '../../../api/use-draft.ts';
import { announce } from '../../../ui/announcer.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { shortcutWords } from '../../../ui/shortcuts.tsx';
import { ReplyDraft, emptyReply, isNothing } from './reply-draft.ts';
import styles from './composer.module.css';
import { firstNameOf } from './ticket-words.ts';
import { UploadList } from './upload-list.tsx';
import { useUploads } from './use-uploads.ts';

export interface ComposerHandle {
  /** Puts the cursor into the reply or the note. */
  write(tab: ReplyDraft['tab']): void;
}

interface ComposerProps {
  readonly ticket: Pick<Ticket, 'id' | 'contact'>;
  readonly handle: Ref<ComposerHandle>;
}

/** Where one answers the customer or writes a note for the team. What is typed stays with its ticket until it is sent. */
export function Composer({ ticket, handle }: ComposerProps) {
  const draft = useDraft({ place: `ticket-reply.${ticket.id}`, schema: ReplyDraft, empty: emptyReply, isEmpty: isNothing });
  const text = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads((attachment) => draft.update((before) => ({ ...before, attachments: [...before.attachments, attachment] })));
  const send = useSend(ticket.id, draft.body);
  const { body } = draft;
  const isNote = body.tab === 'note';
  const typed = isNote ? body.note : body.reply;
  const isSendable = !send.isPending && (isNote ? typed.trim() !== '' : (typed.trim() !== '' || body.attachments.length > 0) && !uploads.isBusy);

  function choose(tab: ReplyDraft['tab']): void {
    draft.edit({ ...draft.body, tab });
  }

  useImperativeHandle(handle, () => ({
    write(tab) {
      choose(tab);
      text.current?.focus();
    },
  }));

  function submit(): void {
    if (!isSendable) return;
    send.mutate(undefined, {
      onSuccess() {
        const left = isNote ? { ...draft.body, note: '' } : { ...draft.body, reply: '', attachments: [] };
        if (isNothing(left)) draft.clear();
        else draft.edit(left);
        announce(isNote ? 'Note added' : 'Reply sent');
        text.current?.focus();
      },
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape') text.current?.blur();
  }

  function take(event: ClipboardEvent | DragEvent, files: FileList): void {
    if (isNote || files.length === 0) return;
    event.preventDefault();
    uploads.add([...files]);
  }

  return (
    <section className={styles.composer} data-note={isNote || undefined} aria-label="Write">
      <Tabs
        value={body.tab}
        onChange={(tab) => choose(tab === 'note' ? 'note' : 'reply')}
        variant="none"
        classNames={{ list: styles.tabs ?? '', tab: styles.tab ?? '' }}
      >
        <Tabs.List>
          <Tabs.Tab value="reply">Reply</Tabs.Tab>
          <Tabs.Tab value="note">Note</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <Textarea
        ref={text}
        aria-label={isNote ? 'Note, only the team sees it' : 'Reply to the customer'}
        placeholder={placeholderFor(ticket, body.tab)}
        value={typed}
        disabled={!draft.isReady}
        dir="auto"
        variant="unstyled"
        autosize
        minRows={3}
        maxRows={14}
        classNames={{ input: styles.text ?? '' }}
        onChange={(event) => draft.edit(isNote ? { ...body, note: event.currentTarget.value } : { ...body, reply: event.currentTarget.value })}
        onKeyDown={onKeyDown}
        onPaste={(event) => take(event, event.clipboardData.files)}
        onDrop={(event) => take(event, event.dataTransfer.files)}
      />
      {isNote ? null : (
        <UploadList
          attachments={body.attachments}
          running={uploads.running}
          onRemove={(id) => draft.edit({ ...body, attachments: body.attachments.filter((one) => one.id !== id) })}
          onDrop={uploads.drop}
        />
      )}
      {send.isError ? (
        <div className={styles.problem}>
          <ProblemSummary error={send.error} title={isNote ? 'The note was not added' : 'The reply was not sent'} />
        </div>
      ) : null}
      <footer className={styles.foot}>
        {isNote ? <span className={styles.hint}>Customers never see notes.</span> : <AttachButton onFiles={uploads.add} />}
        <span className={styles.space} />
        <span className={styles.keys} aria-hidden="true">
          {shortcutWords('mod+enter').join(' + ')}
        </span>
        <Button variant="filled" disabled={!isSendable} loading={send.isPending} onClick={submit}>
          {isNote ? 'Add note' : 'Send'}
        </Button>
      </footer>
    </section>
  );
}

function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const reset = useRef<() => void>(null);
  return (
    <FileButton
      multiple
      resetRef={reset}
      onChange={(files) => {
        onFiles(files);
        // Otherwise the same file could not be chosen twice.
        reset.current?.();
      }}
    >
      {(props) => (
        <Button {...props} size="xs" leftSection={<Paperclip size={14} aria-hidden="true" />}>
          Attach
        </Button>
      )}
    </FileButton>
  );
}

function placeholderFor(ticket: ComposerProps['ticket'], tab: ReplyDraft['tab']): string {
  if (tab === 'note') return 'Write a note for the team';
  return `Write to ${ticket.contact === null ? 'the customer' : firstNameOf(ticket.contact.name)}…`;
}

/** Sends what is written. The same text sent twice is one message: its key stays until the text changes. */
function useSend(ticketId: string, body: ReplyDraft) {
  const queries = useQueryClient();
  const [key, setKey] = useState<{ readonly of: string; readonly value: string }>();
  return useMutation({
    async mutationFn() {
      if (body.tab === 'note') {
        await addNote(ticketId, body.note);
        return;
      }
      const message = { text: body.reply, attachmentIds: body.attachments.map((attachment) => attachment.id) };
      const of = JSON.stringify(message);
      const value = key?.of === of ? key.value : crypto.randomUUID();
      setKey({ of, value });
      await reply(ticketId, message, value);
    },
    onSuccess() {
      setKey(undefined);
      return queries.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
}
