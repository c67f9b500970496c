import { fromBER } from 'asn1js';
import { newSecret } from '../kernel/secrets.ts';
import { BadMessage, bytesOf, numberOf, partsOf } from './ber-values.ts';
import type { Entry } from './ldap-entry.ts';

/** Which page a client asks for: how many entries, behind which page. An empty cookie asks for the first one. */
export interface PageRequest {
  readonly size: number;
  readonly cookie: string;
}

/**
 * Reads the value of the control.
 * @throws BadMessage
 */
export function readPageRequest(value: Buffer): PageRequest {
  const { offset, result } = fromBER(new Uint8Array(value), { maxDepth: 4, maxNodes: 10, parseEmbedded: false });
  if (offset !== value.length) throw new BadMessage('This is not BER.');
  const [size, cookie] = partsOf(result);
  return { size: numberOf(size), cookie: bytesOf(cookie).toString('latin1') };
}

export interface ResultPage {
  readonly entries: readonly Entry[];
  /** What asks for the next page; empty when this is the last one. */
  readonly cookie: string;
}

/** A connection's answers in pages. */
export interface Paging {
  /** Whether this may go on: with the page handed out last, or from the start. */
  isKnown(cookie: string): boolean;
  /** The next page of everything that fits now. Whoever was told of already is not told of again. */
  take(entries: readonly Entry[], request: PageRequest): ResultPage;
  /** Forgets the page handed out last. */
  end(): void;
}

/**
 * Pages are of the same search, asked again: who may not be shown any more is on none of them. One search at a time,
 * which is what clients do; another one ends it.
 */
export function startPaging(): Paging {
  let open: { readonly cookie: string; readonly told: Set<string> } | undefined;
  return {
    isKnown: (cookie) => cookie === '' || cookie === open?.cookie,
    take(entries, { size, cookie }) {
      const told = cookie === '' || open === undefined ? new Set<string>() : open.told;
      const left = entries.filter((entry) => !told.has(entry.id));
      const page = left.slice(0, size);
      for (const { id } of page) told.add(id);
      // A page of nothing gives a search up (RFC 2696, 3).
      open = size > 0 && left.length > size ? { cookie: newSecret(64), told } : undefined;
      return { entries: page, cookie: open?.cookie ?? '' };
    },
    end() {
      open = undefined;
    },
  };
}
