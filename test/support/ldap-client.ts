import { connect, type Socket } from 'node:net';
import { Boolean, Constructed, Enumerated, fromBER, Integer, OctetString, Primitive, Sequence, type BaseBlock } from 'asn1js';
import { onTestFinished, vi } from 'vitest';

// An LDAP client that says what it likes, byte by byte.

export function text(value: string): OctetString {
  return new OctetString({ valueHex: new Uint8Array(Buffer.from(value)) });
}

function inContext(tagNumber: number, value: string): Primitive {
  return new Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: new Uint8Array(Buffer.from(value)) });
}

function whole(id: number, parts: readonly BaseBlock[]): Buffer {
  return Buffer.from(new Sequence({ value: [new Integer({ value: id }), ...parts] }).toBER());
}

export function message(id: number, tagNumber: number, value: BaseBlock[]): Buffer {
  return whole(id, [new Constructed({ idBlock: { tagClass: 2, tagNumber }, value })]);
}

/** Which page of an answer (RFC 2696). */
export interface Paging {
  readonly size: number;
  readonly cookie: string;
}

const pagedResults = '1.2.840.113556.1.4.319';

function pagingControls({ size, cookie }: Paging): Constructed {
  const value = new Sequence({ value: [new Integer({ value: size }), text(cookie)] }).toBER();
  const control = new Sequence({ value: [text(pagedResults), new OctetString({ valueHex: value })] });
  return new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [control] });
}

function cookieIn(controls: BaseBlock | undefined): string | undefined {
  const control = controls instanceof Constructed ? controls.valueBlock.value[0] : undefined;
  const value = control instanceof Sequence ? control.valueBlock.value.at(-1) : undefined;
  const read = value instanceof OctetString ? fromBER(value.valueBlock.valueHexView).result : undefined;
  const cookie = read instanceof Sequence ? read.valueBlock.value[1] : undefined;
  return cookie instanceof OctetString ? Buffer.from(cookie.valueBlock.valueHexView).toString() : undefined;
}

/** A simple bind; anonymous unless the test says otherwise. */
export function bind(id: number, { name = '', key = '', version = 3 }: { name?: string; key?: string; version?: number } = {}): Buffer {
  return message(id, 0, [new Integer({ value: version }), text(name), inContext(0, key)]);
}

/** A search of everything below the suffix for one value of one attribute. */
export function searchFor(id: number, [attribute, value]: readonly [attribute: string, value: string], paging?: Paging): Buffer {
  const equality = new Constructed({ idBlock: { tagClass: 3, tagNumber: 3 }, value: [text(attribute), text(value)] });
  const [subtree, neverDereferenced, none] = [2, 0, 0];
  const search = new Constructed({
    idBlock: { tagClass: 2, tagNumber: 3 },
    value: [
      text('dc=doorline'),
      new Enumerated({ value: subtree }),
      new Enumerated({ value: neverDereferenced }),
      new Integer({ value: none }),
      new Integer({ value: none }),
      new Boolean({ value: false }),
      equality,
      new Sequence({ value: [] }),
    ],
  });
  return whole(id, paging === undefined ? [search] : [search, pagingControls(paging)]);
}

export function extended(id: number, oid: string): Buffer {
  return message(id, 23, [inContext(0, oid)]);
}

export interface RawAnswer {
  readonly id: number;
  readonly tag: number;
  readonly code: number | undefined;
  /** Where the next page begins, when the answer has pages. */
  readonly cookie?: string;
}

export interface RawClient {
  readonly socket: Socket;
  readonly answers: RawAnswer[];
  readonly isClosed: boolean;
  send(bytes: Buffer): void;
}

/** Connects to a port of loopback and notes what comes back. */
export function rawClient(port: number): RawClient {
  const socket = connect({ host: '127.0.0.1', port });
  const answers: RawAnswer[] = [];
  let buffer = Buffer.alloc(0);
  let isClosed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isClosed = true;
  });
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const { offset, result } = fromBER(new Uint8Array(buffer));
      if (offset <= 0 || !(result instanceof Sequence)) return;
      buffer = buffer.subarray(offset);
      const [id, operation, controls] = result.valueBlock.value;
      const cookie = cookieIn(controls);
      const first = operation instanceof Constructed ? operation.valueBlock.value[0] : undefined;
      answers.push({
        id: id instanceof Integer ? id.valueBlock.valueDec : -1,
        tag: operation?.idBlock.tagNumber ?? -1,
        code: first instanceof Enumerated ? first.valueBlock.valueDec : undefined,
        ...(cookie === undefined ? {} : { cookie }),
      });
    }
  });
  onTestFinished(() => {
    socket.destroy();
  });
  return {
    socket,
    answers,
    get isClosed() {
      return isClosed;
    },
    send: (bytes) => {
      socket.write(bytes);
    },
  };
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  await vi.waitUntil(isTrue, { timeout: 5000, interval: 10 }).catch(() => {
    throw new Error(what);
  });
}

/** Waits until a message was answered. */
export function answered(client: RawClient, id: number): Promise<void> {
  return until(() => client.answers.some((answer) => answer.id === id), `Message ${id} was not answered.`);
}

/** Waits until the other side ended the connection. */
export function closed(client: RawClient): Promise<void> {
  return until(() => client.isClosed, 'The connection was not closed.');
}
