import { Constructed, Enumerated, Integer, OctetString, Primitive, Sequence, Set as BerSet, type BaseBlock } from 'asn1js';

/** Result codes (RFC 4511, 4.1.9 and appendix A). */
export const resultCode = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  authMethodNotSupported: 7,
  unavailableCriticalExtension: 12,
  noSuchObject: 32,
  invalidDNSyntax: 34,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
  other: 80,
} as const;

export interface Result {
  readonly code: number;
  /** For whoever sets the telephone up. */
  readonly message?: string;
  readonly matchedDn?: string;
}

export const answerTag = { bind: 1, searchEntry: 4, searchDone: 5, extended: 24 } as const;

/** RFC 4511, 4.14.1. */
export const startTlsOid = '1.3.6.1.4.1.1466.20037';
/** Results in pages (RFC 2696). */
export const pagedResultsOid = '1.2.840.113556.1.4.319';
/** Our own mark on a search, for the self-test: a number nobody else has (ITU-T X.667). */
export const markOid = '2.25.203748521905372146290417359817264035911';
const disconnectionOid = '1.3.6.1.4.1.1466.20036';

/** An LDAPString: UTF-8 in an OCTET STRING. */
export function octets(text: string): OctetString {
  return new OctetString({ valueHex: new Uint8Array(Buffer.from(text, 'utf8')) });
}

/** An LDAPMessage (RFC 4511, 4.1.1). */
export function writeMessage(id: number, operation: { readonly tag: number; readonly value: BaseBlock[] }, controls: readonly BaseBlock[] = []): Buffer {
  const parts = [new Integer({ value: id }), new Constructed({ idBlock: { tagClass: 2, tagNumber: operation.tag }, value: operation.value })];
  if (controls.length > 0) parts.push(new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [...controls] }));
  return Buffer.from(new Sequence({ value: parts }).toBER());
}

function resultParts({ code, message = '', matchedDn = '' }: Result): BaseBlock[] {
  return [new Enumerated({ value: code }), octets(matchedDn), octets(message)];
}

export function writeResult(id: number, tag: number, result: Result): Buffer {
  return writeMessage(id, { tag, value: resultParts(result) });
}

/** A control that nobody insists on (RFC 4511, 4.1.11). */
export function writeControl(oid: string, value: Uint8Array): Sequence {
  return new Sequence({ value: [octets(oid), new OctetString({ valueHex: value })] });
}

/** The end of a page of a search; how many there are in all is not counted (RFC 2696, 2). */
export function writePageDone(id: number, cookie: string, result: Result): Buffer {
  const value = new Sequence({ value: [new Integer({ value: 0 }), octets(cookie)] }).toBER();
  return writeMessage(id, { tag: answerTag.searchDone, value: resultParts(result) }, [writeControl(pagedResultsOid, new Uint8Array(value))]);
}

/** The name of an extended operation, in its answer (RFC 4511, 4.12). */
function responseName(oid: string): Primitive {
  return new Primitive({ idBlock: { tagClass: 3, tagNumber: 10 }, valueHex: new Uint8Array(Buffer.from(oid, 'latin1')) });
}

export function writeExtended(id: number, oid: string, result: Result): Buffer {
  return writeMessage(id, { tag: answerTag.extended, value: [...resultParts(result), responseName(oid)] });
}

/** Tells the client that the connection ends and why (RFC 4511, 4.4.1). */
export function writeDisconnection(result: Result): Buffer {
  return writeExtended(0, disconnectionOid, result);
}

export interface WrittenEntry {
  readonly dn: string;
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[];
}

export function writeEntry(id: number, { dn, attributes }: WrittenEntry): Buffer {
  const list = attributes.map(([name, values]) => new Sequence({ value: [octets(name), new BerSet({ value: values.map(octets) })] }));
  return writeMessage(id, { tag: answerTag.searchEntry, value: [octets(dn), new Sequence({ value: list })] });
}
