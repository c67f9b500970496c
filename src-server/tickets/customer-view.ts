import { isInlineType } from '../conversations/media-type.ts';
import type { CustomerAttachment, CustomerMessage, CustomerStatus, CustomerTicketSummary, CustomerViewer } from './customer-tickets.contract.ts';

// The allow-list: what a customer is told is put together here, field by field, from rows that hold nothing else.

interface TicketFields {
  readonly number: number;
  readonly subject: string;
  readonly is_open: number;
  readonly waits_for: string;
  readonly created_at: string;
  readonly last_public_at: string;
  readonly contact_id: string | null;
  readonly public_name: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
}

/** How statuses read. A stage without a name for customers falls back to Open or Closed; it never hides its tickets. */
function toStatus(row: TicketFields, statusNames: 'open-closed' | 'stages'): CustomerStatus {
  const names = statusNames === 'stages' && row.public_name !== null ? (JSON.parse(row.public_name) as Record<string, string>) : {}; // Written from the contract.
  const given = Object.entries(names).filter(([, name]) => name.trim() !== '');
  return { isOpen: row.is_open === 1, publicName: given.length === 0 ? null : Object.fromEntries(given) };
}

function toTurn(row: TicketFields): CustomerTicketSummary['turn'] {
  return row.waits_for === 'team' || row.waits_for === 'customer' ? row.waits_for : null;
}

export function toCustomerSummary(
  row: TicketFields,
  { viewer, statusNames }: { readonly viewer: CustomerViewer; readonly statusNames: 'open-closed' | 'stages' },
): CustomerTicketSummary {
  const requesterName = `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim();
  return {
    number: row.number,
    subject: row.subject,
    status: toStatus(row, statusNames),
    turn: toTurn(row),
    isMine: row.contact_id === viewer.contactId,
    requesterName: requesterName === '' ? null : requesterName,
    createdAt: row.created_at,
    lastActivityAt: row.last_public_at,
  };
}

interface FileFields {
  readonly id: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly byte_size: number;
}

export function toCustomerAttachment(row: FileFields): CustomerAttachment {
  return { id: row.id, fileName: row.file_name, mediaType: row.media_type, byteSize: row.byte_size, isInline: isInlineType(row.media_type) };
}

interface MessageFields {
  readonly id: string;
  readonly author_kind: string;
  readonly author_id: string | null;
  readonly author_name: string;
  readonly body_text: string;
  readonly created_at: string;
  readonly channel: string;
}

function sideOf(row: MessageFields, viewer: CustomerViewer): CustomerMessage['from'] {
  if (row.author_kind === 'agent') return 'team';
  if (row.author_kind === 'system') return 'system';
  return row.author_id === viewer.contactId ? 'you' : 'colleague';
}

export function toCustomerMessage(
  row: MessageFields,
  { viewer, files }: { readonly viewer: CustomerViewer; readonly files: readonly FileFields[] },
): CustomerMessage {
  return {
    id: row.id,
    from: sideOf(row, viewer),
    authorName: row.author_name,
    text: row.body_text,
    channel: row.channel as CustomerMessage['channel'], // Written from the contract's values.
    createdAt: row.created_at,
    attachments: files.map(toCustomerAttachment),
  };
}
