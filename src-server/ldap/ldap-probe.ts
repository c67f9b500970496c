import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { Boolean as BerBoolean, Constructed, Enumerated, fromBER, Integer, Primitive, Sequence } from 'asn1js';
import { takeFrame } from './ber-frames.ts';
import { numberOf, partsOf, textOf } from './ber-values.ts';
import { suffix } from './distinguished-name.ts';
import { answerTag, markOid, octets, resultCode, writeControl, writeMessage } from './ldap-answers.ts';

/** Where the directory is, and as whom and for which number to ask it. */
export interface Probe {
  readonly host: string;
  readonly port: number;
  readonly hostName: string;
  /** What is trusted; undefined: what this PC trusts. */
  readonly ca: string | undefined;
  readonly sourceId: string;
  readonly key: string;
  readonly number: string;
  readonly patience: number;
  /** What tells our own question from the system's. */
  readonly mark: string;
}

export interface ProbeResult {
  /** The result code of the bind (RFC 4511, 4.1.9). */
  readonly bind: number;
  /** The names found for the number; nobody when the bind was refused. */
  readonly names: readonly string[];
}

function bindMessage({ sourceId, key }: Probe): Buffer {
  const simple = new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: new Uint8Array(Buffer.from(key)) });
  return writeMessage(1, { tag: 0, value: [new Integer({ value: 3 }), octets(`uid=${sourceId},${suffix}`), simple] });
}

function searchMessage({ number, mark }: Probe): Buffer {
  const isEqual = new Constructed({ idBlock: { tagClass: 3, tagNumber: 3 }, value: [octets('telephoneNumber'), octets(number)] });
  const [subtree, never, unlimited] = [new Enumerated({ value: 2 }), new Enumerated({ value: 0 }), () => new Integer({ value: 0 })];
  const wanted = new Sequence({ value: [octets('cn')] });
  const value = [octets(suffix), subtree, never, unlimited(), unlimited(), new BerBoolean({ value: false }), isEqual, wanted];
  return writeMessage(2, { tag: 3, value }, [writeControl(markOid, new Uint8Array(Buffer.from(mark)))]);
}

/** The messages that come, one by one. */
async function* messagesOf(socket: TLSSocket) {
  let buffer: Buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    buffer = Buffer.concat([buffer, chunk as Buffer]); // A socket without an encoding gives bytes.
    for (let taken = takeFrame(buffer); taken !== undefined; taken = takeFrame(buffer)) {
      buffer = taken.rest;
      const [, operation] = partsOf(fromBER(new Uint8Array(taken.frame)).result);
      yield { tag: operation?.idBlock.tagNumber, parts: partsOf(operation) };
    }
  }
}

async function ask(socket: TLSSocket, probe: Probe): Promise<ProbeResult> {
  const names: string[] = [];
  let bind: number | undefined;
  for await (const { tag, parts } of messagesOf(socket)) {
    if (tag === answerTag.searchEntry) {
      const [attribute] = partsOf(parts[1]);
      names.push(...(attribute === undefined ? [] : partsOf(partsOf(attribute)[1]).map(textOf)));
    }
    if (tag === answerTag.searchDone && bind !== undefined) return { bind, names };
    if (tag !== answerTag.bind) continue;
    bind = numberOf(parts[0]);
    if (bind !== resultCode.success) return { bind, names };
    socket.write(searchMessage(probe));
  }
  throw new Error('The directory ended the connection.');
}

/**
 * Signs in to the directory over TLS and asks it for a number, as a telephone would.
 * @throws Error when it can't be reached, is not trusted or does not answer
 */
export async function probeDirectory(probe: Probe): Promise<ProbeResult> {
  const { host, port, hostName, ca, patience } = probe;
  const names = isIP(hostName) === 0 ? { servername: hostName } : {};
  const socket = connect({ host, port, timeout: patience, ...names, ...(ca === undefined ? {} : { ca }) });
  socket.on('timeout', () => socket.destroy(new Error(`No answer within ${patience / 1000} seconds.`)));
  try {
    await once(socket, 'secureConnect');
    socket.write(bindMessage(probe));
    return await ask(socket, probe);
  } finally {
    socket.destroy();
  }
}
