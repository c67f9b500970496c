import type { CustomerAttachment, CustomerMessage, CustomerTicket } from '../../tickets/customer-tickets.contract.ts';
import { textPieces } from '../message-text.ts';
import { Compose, type ComposeProps } from './compose.tsx';
import { Notice } from './forms.tsx';
import { MemberFrame } from './frame.tsx';
import { BackIcon, FileIcon } from './icons.tsx';
import { fileSize, StatusChip, When } from './ticket-parts.tsx';
import type { MemberView } from './view.ts';

const mostThumbnails = 6;
const largestThumbnail = 8 * 1_048_576;

export interface TicketPageProps {
  readonly view: MemberView;
  readonly ticket: CustomerTicket;
  readonly compose: ComposeProps;
  readonly notice: string | undefined;
  /** True when the page shows earlier messages. */
  readonly isEarlier: boolean;
}

function MessageText({ text }: { readonly text: string }) {
  return (
    <div class="text" dir="auto">
      {textPieces(text).map((piece, index) =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </div>
  );
}

function Files({ view, files }: { readonly view: MemberView; readonly files: readonly CustomerAttachment[] }) {
  if (files.length === 0) return null;
  const { base, translator } = view.visit;
  const { t } = translator;
  const isPicture = (file: CustomerAttachment) => file.isInline && file.mediaType.startsWith('image/') && file.byteSize <= largestThumbnail;
  const pictures = files.filter(isPicture).slice(0, mostThumbnails);
  return (
    <div class="message-files">
      {pictures.length > 0 && (
        <div class="pictures">
          {pictures.map((file) => (
            <a key={file.id} href={`${base}/files/${file.id}`} target="_blank" rel="noopener">
              <img src={`${base}/files/${file.id}`} alt={file.fileName} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      <ul class="files" aria-label={t('ticket.files')}>
        {files.map((file) => (
          <li key={file.id}>
            <FileIcon />
            {file.isInline ? (
              <a class="file-name" href={`${base}/files/${file.id}`} target="_blank" rel="noopener" dir="auto" title={file.fileName}>
                {file.fileName}
              </a>
            ) : (
              <a class="file-name" href={`${base}/files/${file.id}?download=1`} download dir="auto">
                {file.fileName}
              </a>
            )}
            <span class="hint">{fileSize(view.visit, file.byteSize)}</span>
            {file.isInline && (
              <a class="quiet" href={`${base}/files/${file.id}?download=1`} download aria-label={`${t('ticket.download')}: ${file.fileName}`}>
                {t('ticket.download')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => Array.from(word ?? '')[0] ?? '');
  return letters.join('').toUpperCase();
}

function Message({ view, message }: { readonly view: MemberView; readonly message: CustomerMessage }) {
  const { t } = view.visit.translator;
  const side = { you: t('ticket.you'), team: t('ticket.team'), system: t('ticket.system'), colleague: undefined }[message.from];
  return (
    <li class={`message ${message.from}`} id={`message-${message.id}`}>
      <span class="face" aria-hidden="true">
        {initials(message.authorName)}
      </span>
      <div class="said">
        <p class="by">
          <strong dir="auto">{message.authorName}</strong>
          {side !== undefined && <span class="side">{side}</span>}
          <When visit={view.visit} at={message.createdAt} form="full" />
        </p>
        <MessageText text={message.text} />
        <Files view={view} files={message.attachments} />
      </div>
    </li>
  );
}

/** What stands where one would reply, when one can't. */
function NoReply({ view, ticket }: { readonly view: MemberView; readonly ticket: CustomerTicket }) {
  const { base, translator, settings } = view.visit;
  const { t } = translator;
  if (ticket.status.isOpen) return <p class="notice info">{t('ticket.readOnly')}</p>;
  return (
    <div class="closed-note">
      <h2>{t('ticket.closedTitle')}</h2>
      <p>{t(settings.canFileTickets ? 'ticket.closedText' : 'ticket.closedTextNoFiling', { number: ticket.number })}</p>
      {settings.canFileTickets && (
        <a class="button" href={`${base}/tickets/new`}>
          {t('frame.fileTicket')}
        </a>
      )}
    </div>
  );
}

function Conversation({ view, ticket, isEarlier }: { readonly view: MemberView; readonly ticket: CustomerTicket; readonly isEarlier: boolean }) {
  const { base, translator } = view.visit;
  const { t } = translator;
  const here = `${base}/tickets/${ticket.number}`;
  return (
    <section aria-label={t('ticket.conversation')}>
      {ticket.olderCursor !== null && (
        <p class="more">
          <a href={`${here}?before=${encodeURIComponent(ticket.olderCursor)}`}>{t('ticket.earlier')}</a>
        </p>
      )}
      {ticket.messages.length === 0 ? (
        <p class="hint">{t('ticket.noMessages')}</p>
      ) : (
        <ol class="messages">
          {ticket.messages.map((message) => (
            <Message key={message.id} view={view} message={message} />
          ))}
        </ol>
      )}
      {isEarlier && (
        <p class="more">
          <a href={here}>{t('ticket.newest')}</a>
        </p>
      )}
    </section>
  );
}

export function TicketPage({ view, ticket, compose, notice, isEarlier }: TicketPageProps) {
  const { visit } = view;
  const { t } = visit.translator;
  return (
    <MemberFrame view={view} place="tickets">
      <p class="back">
        <a href={`${visit.base}/tickets`}>
          <BackIcon />
          {t('ticket.back')}
        </a>
      </p>
      <div class="ticket-head">
        <h1 dir="auto">{ticket.subject}</h1>
        <p class="facts">
          <span>{t('ticket.number', { number: ticket.number })}</span>
          <StatusChip visit={visit} status={ticket.status} turn={ticket.turn} />
          <span>{t('ticket.createdAt', { time: visit.times.full(ticket.createdAt) })}</span>
          {!ticket.isMine && ticket.requesterName !== null && <span dir="auto">{t('list.from', { name: ticket.requesterName })}</span>}
        </p>
      </div>
      {notice !== undefined && <Notice kind="good">{notice}</Notice>}
      <Conversation view={view} ticket={ticket} isEarlier={isEarlier} />
      {!ticket.canReply && <NoReply view={view} ticket={ticket} />}
      {(ticket.canReply || compose.draft.text !== '') && (
        <section class="reply" id="reply">
          <h2>{t('ticket.replyTitle')}</h2>
          <Compose
            {...compose}
            action={`${visit.base}/tickets/${ticket.number}`}
            withSubject={false}
            labels={{ text: t('ticket.replyLabel'), submit: t('ticket.replySubmit') }}
          />
        </section>
      )}
    </MemberFrame>
  );
}
