import { Boolean as BerBoolean, Constructed, Enumerated, Integer, OctetString, Primitive, Sequence, Set as BerSet, type AsnType } from 'asn1js';

/** BER that is well formed, but not the message it should be. */
export class BadMessage extends Error {}

/** The parts of a constructed value. */
export function partsOf(value: AsnType | undefined): readonly AsnType[] {
  if (value instanceof Sequence || value instanceof BerSet || value instanceof Constructed) return value.valueBlock.value;
  throw new BadMessage('A list was expected.');
}

/** The bytes of a primitive value, whatever its tag. */
export function bytesOf(value: AsnType | undefined): Buffer {
  if (value instanceof Primitive || (value instanceof OctetString && !value.idBlock.isConstructed)) return Buffer.from(value.valueBlock.valueHexView);
  throw new BadMessage('A primitive value was expected.');
}

/** An LDAPString: UTF-8 in an OCTET STRING. */
export function textOf(value: AsnType | undefined): string {
  if (!(value instanceof OctetString)) throw new BadMessage('A text was expected.');
  return bytesOf(value).toString('utf8');
}

/** A number from 0 to 2147483647, which is all that LDAP has (RFC 4511, 4.1.1). */
export function numberOf(value: AsnType | undefined): number {
  if (!(value instanceof Integer || value instanceof Enumerated)) throw new BadMessage('A number was expected.');
  const number = value.valueBlock.valueHexView.byteLength > 5 ? -1 : value.valueBlock.valueDec;
  if (number < 0 || number > 2_147_483_647) throw new BadMessage('A number is out of range.');
  return number;
}

export function booleanOf(value: AsnType | undefined): boolean {
  if (!(value instanceof BerBoolean)) throw new BadMessage('Yes or no was expected.');
  return value.getValue();
}
