/** A client that does not speak LDAP, or says more than we take. */
export class BadFrame extends Error {}

/** More than this in one message is no question a telephone has. */
export const largestMessage = 64 * 1024;

/** Where the first message in the buffer ends; undefined while more of it must come. */
function endOfFirst(buffer: Buffer): number | undefined {
  if (buffer.length < 2) return undefined;
  // LDAPMessage is a SEQUENCE of definite length (RFC 4511, 4.1.1 and 5.1).
  if (buffer[0] !== 0x30) throw new BadFrame('A message begins with a SEQUENCE.');
  const first = buffer[1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw new BadFrame('A length must be definite and in four bytes at most.');
  if (buffer.length < 2 + lengthBytes) return undefined;
  const length = lengthBytes === 0 ? first : buffer.readUIntBE(2, lengthBytes);
  if (length > largestMessage) throw new BadFrame(`A message may have ${largestMessage} bytes at most.`);
  return 2 + lengthBytes + length;
}

/**
 * Takes the first complete message off the buffer; undefined while more of it must come.
 * @throws BadFrame
 */
export function takeFrame(buffer: Buffer): { readonly frame: Buffer; readonly rest: Buffer } | undefined {
  const end = endOfFirst(buffer);
  return end === undefined || buffer.length < end ? undefined : { frame: buffer.subarray(0, end), rest: buffer.subarray(end) };
}
