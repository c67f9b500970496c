import { davError } from './dav-xml.ts';
import type { SyncPlace } from './sync-token.ts';

/** What clients look for before they believe that address books are here (RFC 6352, 6.1). */
export const davHeader = '1, 3, addressbook, extended-mkcol, sync-collection';

/** What may be tried; writing is answered, and changes nothing. */
export const allowedMethods = 'OPTIONS, GET, HEAD, PROPFIND, REPORT, PUT, DELETE, PROPPATCH';

/** How a request is answered. */
export interface DavAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or pieces of it as they are read. */
  readonly body?: string | AsyncIterable<string>;
  readonly type?: string;
  /** In words, for the trace. */
  readonly note?: string;
  /** How far the client is once it has read this. */
  readonly read?: { readonly seq: SyncPlace['seq']; readonly cards: number };
  /** The client was shown that its book is empty. */
  readonly isEmptied?: boolean;
  /** The client reads the book itself, so it is ticked. */
  readonly isBookSeen?: boolean;
}

const xmlType = 'application/xml; charset=utf-8';

export function multistatus(body: DavAnswer['body'], more: Partial<DavAnswer> = {}): DavAnswer {
  return { status: 207, type: xmlType, ...(body === undefined ? {} : { body }), ...more };
}

export function refusal(status: number, body: string, note?: string): DavAnswer {
  return { status, type: xmlType, body, ...(note === undefined ? {} : { note }) };
}

/** Writing is not for this account (RFC 3744, 7.1.1). */
export function needsPrivileges(href: string, note: string): DavAnswer {
  const privilege = '<d:privilege><d:write-content/></d:privilege>';
  return refusal(403, davError(`<d:need-privileges><d:resource><d:href>${href}</d:href>${privilege}</d:resource></d:need-privileges>`), note);
}

export function plain(status: number, text: string): DavAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n` };
}
