import { fromBER, type AsnType } from 'asn1js';
import { BadMessage, booleanOf, bytesOf, numberOf, partsOf, textOf } from './ber-values.ts';
import { markOid, pagedResultsOid } from './ldap-answers.ts';
import { readFilter, type Filter } from './ldap-filter.ts';
import { readPageRequest, type PageRequest } from './ldap-paging.ts';

export interface SearchRequest {
  readonly kind: 'search';
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  /** 0: no limit of the client's own. */
  readonly sizeLimit: number;
  readonly timeLimit: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** A request (RFC 4511, 4.2 to 4.14), as far as it is answered at all. */
export type Request =
  | { readonly kind: 'bind'; readonly version: number; readonly name: string; /** Undefined: not a simple bind. */ readonly password: string | undefined }
  | { readonly kind: 'unbind' }
  | { readonly kind: 'abandon' }
  | { readonly kind: 'extended'; readonly name: string }
  /** A write or a comparison; the answer has this tag. */
  | { readonly kind: 'refused'; readonly answerTag: number }
  | SearchRequest;

export interface Message {
  readonly id: number;
  readonly request: Request;
  /** The client insists on a control that we don't know. */
  readonly hasUnknownControl: boolean;
  /** The client wants the answer to its search in pages. */
  readonly page: PageRequest | undefined;
  /** What stands in our own mark, if it bears one. */
  readonly mark: string | undefined;
}

const scopes = ['base', 'one', 'sub'] as const;

function readSearch(parts: readonly AsnType[]): SearchRequest {
  if (parts.length !== 8) throw new BadMessage('A search has eight parts.');
  const scope = scopes[numberOf(parts[1])];
  if (scope === undefined) throw new BadMessage('This scope is not known.');
  return {
    kind: 'search',
    base: textOf(parts[0]),
    scope,
    sizeLimit: numberOf(parts[3]),
    timeLimit: numberOf(parts[4]),
    typesOnly: booleanOf(parts[5]),
    filter: readFilter(parts[6]),
    attributes: partsOf(parts[7]).map(textOf),
  };
}

function readBind(parts: readonly AsnType[]): Request {
  const [version, name, choice] = parts;
  if (choice === undefined) throw new BadMessage('A bind says how.');
  const isSimple = choice.idBlock.tagClass === 3 && choice.idBlock.tagNumber === 0;
  return { kind: 'bind', version: numberOf(version), name: textOf(name), password: isSimple ? bytesOf(choice).toString('utf8') : undefined };
}

const unbind = 2;
const abandon = 16;
/** Modify, add, delete, rename and compare, with the tag their answer has. */
const refused: Readonly<Record<number, number>> = { 6: 7, 8: 9, 10: 11, 12: 13, 14: 15 };

function readRequest(operation: AsnType | undefined): Request {
  if (operation === undefined || operation.idBlock.tagClass !== 2) throw new BadMessage('An operation was expected.');
  const tag = operation.idBlock.tagNumber;
  if (tag === unbind) return { kind: 'unbind' };
  if (tag === abandon) return { kind: 'abandon' };
  const answerTag = refused[tag];
  if (answerTag !== undefined) return { kind: 'refused', answerTag };
  if (tag === 0) return readBind(partsOf(operation));
  if (tag === 3) return readSearch(partsOf(operation));
  if (tag === 23) return { kind: 'extended', name: bytesOf(partsOf(operation)[0]).toString('latin1') };
  throw new BadMessage('This operation is not known.');
}

interface Control {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: AsnType | undefined;
}

/** RFC 4511, 4.1.11: both parts behind the name may be left out. */
function readControl(control: AsnType): Control {
  const [oid, second, third] = partsOf(control);
  const isBoolean = second !== undefined && second.idBlock.tagClass === 1 && second.idBlock.tagNumber === 1;
  return { oid: textOf(oid), isCritical: isBoolean && booleanOf(second), value: isBoolean ? third : second };
}

function readControls(controls: AsnType | undefined, isSearch: boolean): Pick<Message, 'hasUnknownControl' | 'page' | 'mark'> {
  const all = controls === undefined ? [] : partsOf(controls).map(readControl);
  const paged = all.find((control) => isSearch && control.oid === pagedResultsOid);
  const marked = all.find((control) => control.oid === markOid);
  return {
    hasUnknownControl: all.some((control) => control.isCritical && control !== paged),
    page: paged === undefined ? undefined : readPageRequest(bytesOf(paged.value)),
    mark: marked === undefined ? undefined : bytesOf(marked.value).toString('latin1'),
  };
}

/**
 * Reads one LDAPMessage.
 * @throws BadMessage
 */
export function readMessage(frame: Buffer): Message {
  const { offset, result } = fromBER(new Uint8Array(frame), { maxDepth: 50, maxNodes: 2000, parseEmbedded: false });
  if (offset !== frame.length) throw new BadMessage('This is not BER.');
  const [id, operation, controls] = partsOf(result);
  const request = readRequest(operation);
  return { id: numberOf(id), request, ...readControls(controls, request.kind === 'search') };
}
