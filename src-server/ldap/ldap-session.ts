import { AppError } from '../kernel/app-error.ts';
import { actingAs, type Context } from '../kernel/context.ts';
import { selfTestMark } from '../pbx/source-trace.service.ts';
import { placeOf, suffix } from './distinguished-name.ts';
import { answerTag, resultCode, startTlsOid, writeDisconnection, writeEntry, writeExtended, writePageDone, writeResult, type Result } from './ldap-answers.ts';
import { fits, selected, type Entry } from './ldap-entry.ts';
import { startPaging } from './ldap-paging.ts';
import { openEntry, suffixEntry } from './ldap-root.ts';
import { readMessage, type Message, type Request, type SearchRequest } from './ldap-messages.ts';
import { mostEntries, readEntry, searchEntries } from './ldap-search.service.ts';
import type { Credentials, LdapSource } from './ldap-source.service.ts';
import type { SearchLimit } from './search-limit.ts';

/** What a served connection is told about a search that is over, for its trace. Neither key nor number. */
export interface ServedSearch {
  readonly source: LdapSource;
  readonly ip: string;
  readonly milliseconds: number;
  readonly note: string | null;
  /** The desk itself asked. */
  readonly isSelfTest: boolean;
}

export interface SessionParts {
  readonly ctx: Context;
  readonly ip: string;
  readonly isTls: boolean;
  readonly authenticate: (ctx: Context, credentials: Credentials) => Promise<LdapSource | undefined>;
  readonly traceSearch: (ctx: Context, search: ServedSearch) => void;
  readonly mayAsk: SearchLimit;
}

/** What to send for one message, and how the connection goes on. */
export interface Reply {
  readonly bytes: readonly Buffer[];
  readonly next: 'go-on' | 'close' | 'start-tls';
}

export interface Session {
  answer(frame: Buffer): Promise<Reply>;
}

const nobodyFound: readonly Entry[] = [];

const noHits: ReadonlySet<string> = new Set();

function fitsAlone(entry: Entry, { filter }: SearchRequest): boolean {
  return fits(entry, filter, () => noHits);
}

interface Found {
  readonly entries: readonly Entry[];
  readonly result: Result;
}

const success: Result = { code: resultCode.success };

function only(entry: Entry, isFit: boolean): Found {
  return { entries: isFit ? [entry] : nobodyFound, result: success };
}

/** The entries of a search below the suffix, cut at the smaller of both limits (RFC 4511, 4.5.1.4). */
async function searchBelow(ctx: Context, source: LdapSource, request: SearchRequest): Promise<Found> {
  const started = performance.now();
  const found = await searchEntries(ctx, source, request.filter);
  const all = request.scope === 'sub' && fitsAlone(suffixEntry, request) ? [suffixEntry, ...found] : found;
  if (request.timeLimit > 0 && performance.now() - started > request.timeLimit * 1000)
    return { entries: nobodyFound, result: { code: resultCode.timeLimitExceeded } };
  const limit = request.sizeLimit === 0 ? mostEntries : Math.min(request.sizeLimit, mostEntries);
  const isCut = all.length > limit;
  return { entries: all.slice(0, limit), result: isCut ? { code: resultCode.sizeLimitExceeded, message: `There are more than ${limit}.` } : success };
}

async function search(ctx: Context, source: LdapSource, request: SearchRequest): Promise<Found> {
  const place = placeOf(request.base);
  if (place.kind === 'malformed') return { entries: nobodyFound, result: { code: resultCode.invalidDNSyntax, message: `The base is ${suffix}.` } };
  if (place.kind === 'nowhere' || place.kind === 'schema')
    return { entries: nobodyFound, result: { code: resultCode.noSuchObject, message: `The base is ${suffix}.` } };
  if (place.kind === 'suffix' && request.scope === 'base') return only(suffixEntry, fitsAlone(suffixEntry, request));
  // Telephones whose base was left empty mean all there is.
  if (place.kind !== 'below') return searchBelow(ctx, source, request);

  const entry = place.part.type === 'uid' ? await readEntry(ctx, source, { id: place.part.value, filter: request.filter }) : undefined;
  if (entry === undefined) return { entries: nobodyFound, result: { code: resultCode.noSuchObject, matchedDn: suffix } };
  // Nothing is below an entry.
  return { entries: entry === 'unfit' || request.scope === 'one' ? nobodyFound : [entry], result: success };
}

function tagOf(request: Request): number {
  if (request.kind === 'bind') return answerTag.bind;
  if (request.kind === 'search') return answerTag.searchDone;
  return request.kind === 'refused' ? request.answerTag : answerTag.extended;
}

const tooMany: Found = { entries: nobodyFound, result: { code: resultCode.busy, message: 'These are too many searches in one minute.' } };

const readOnly = 'This directory can only be read.';

/** One connection's side of the protocol: who is bound, and the answer to each message in turn. */
export function startSession({ ctx, ip, isTls, authenticate, traceSearch, mayAsk }: SessionParts): Session {
  let bound: { readonly name: string; readonly password: string } | undefined;
  const paging = startPaging();

  async function bind(request: Extract<Request, { kind: 'bind' }>): Promise<Result> {
    // A bind that fails leaves nobody bound (RFC 4511, 4.2.1).
    bound = undefined;
    paging.end();
    const { version: asked, name, password } = request;
    if (asked !== 3) return { code: resultCode.protocolError, message: 'This is LDAP version 3.' };
    if (password === undefined) return { code: resultCode.authMethodNotSupported, message: 'Bind with a name and a key (simple).' };
    if (name === '' && password === '') return success;
    // Whoever forgets the password must not think they are let in (RFC 4513, 5.1.2).
    if (password === '') return { code: resultCode.unwillingToPerform, message: 'The key is missing.' };
    const source = await authenticate(ctx, { name, password, ip });
    if (source === undefined) return { code: resultCode.invalidCredentials, message: `Bind as cn=NAME,${suffix} with the key of this telephone system.` };
    bound = { name, password };
    return success;
  }

  async function answerSearch(request: SearchRequest, { id, page, mark }: Message): Promise<Reply> {
    const written = (entries: readonly Entry[]) => entries.map((entry) => writeEntry(id, selected(entry, request)));
    const finish = ({ entries, result }: Found): Reply => {
      if (page === undefined) return { bytes: [...written(entries), writeResult(id, answerTag.searchDone, result)], next: 'go-on' };
      const taken = paging.take(entries, page);
      // That more than its limit fit is said at the end.
      return { bytes: [...written(taken.entries), writePageDone(id, taken.cookie, taken.cookie === '' ? result : success)], next: 'go-on' };
    };
    if (page !== undefined && !paging.isKnown(page.cookie)) {
      paging.end();
      return finish({ entries: nobodyFound, result: { code: resultCode.unwillingToPerform, message: 'This page is not there. Search anew.' } });
    }
    const open = openEntry(request, !isTls);
    if (open !== undefined) return finish(only(open, fitsAlone(open, request)));
    const started = performance.now();
    // Asked again for each search, so that a revoked key is dead at once on open connections too.
    const source = bound === undefined ? undefined : await authenticate(ctx, { ...bound, ip });
    if (source === undefined) {
      bound = undefined;
      return finish({ entries: nobodyFound, result: { code: resultCode.insufficientAccessRights, message: 'Bind first, with a key that is in use.' } });
    }
    const asSource = actingAs(ctx, { kind: 'pbx', id: source.id, name: source.name });
    const found = mayAsk(ctx, source.id) ? await search(asSource, source, request) : tooMany;
    const note = found.result.code === resultCode.success ? null : (found.result.message ?? `LDAP result ${found.result.code}`);
    traceSearch(asSource, { source, ip, milliseconds: performance.now() - started, note, isSelfTest: mark === selfTestMark });
    return finish(found);
  }

  function extended(id: number, name: string): Reply {
    if (name !== startTlsOid)
      return { bytes: [writeExtended(id, name, { code: resultCode.protocolError, message: 'This operation is not known.' })], next: 'go-on' };
    if (isTls) return { bytes: [writeExtended(id, name, { code: resultCode.operationsError, message: 'TLS is there already.' })], next: 'go-on' };
    return { bytes: [writeExtended(id, name, success)], next: 'start-tls' };
  }

  async function answer(message: Message): Promise<Reply> {
    const { id, request, hasUnknownControl } = message;
    if (request.kind === 'unbind') return { bytes: [], next: 'close' };
    // Messages are answered in turn, so what is to be abandoned is over already.
    if (request.kind === 'abandon') return { bytes: [], next: 'go-on' };
    const refuse = (result: Result): Reply => ({ bytes: [writeResult(id, tagOf(request), result)], next: 'go-on' });
    if (hasUnknownControl) return refuse({ code: resultCode.unavailableCriticalExtension, message: 'No other control is known here than results in pages.' });
    try {
      if (request.kind === 'bind') return refuse(await bind(request));
      if (request.kind === 'search') return await answerSearch(request, message);
      return request.kind === 'extended' ? extended(id, request.name) : refuse({ code: resultCode.unwillingToPerform, message: readOnly });
    } catch (error) {
      if (error instanceof AppError)
        return refuse({ code: error.kind === 'too-many-requests' ? resultCode.busy : resultCode.unwillingToPerform, message: error.message });
      ctx.log.error({ err: error }, 'a directory request failed');
      return refuse({ code: resultCode.other, message: 'Something went wrong here. The log says what.' });
    }
  }

  return {
    async answer(frame) {
      let message: Message;
      try {
        message = readMessage(frame);
      } catch {
        return { bytes: [writeDisconnection({ code: resultCode.protocolError, message: 'This is no LDAP message.' })], next: 'close' };
      }
      return answer(message);
    },
  };
}
