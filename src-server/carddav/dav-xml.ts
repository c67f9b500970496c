import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { escapeXml } from '../kernel/xml.ts';

// XML as WebDAV clients send it (RFC 4918, 8.2), with real namespaces: every client chooses its own prefixes.

export interface DavElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly DavElement[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  trimValues: false,
});

const deepest = 30;

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities XML has by itself, and characters by number. There are no others: a DOCTYPE is refused. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|\w{1,8});/giu, (whole, entity: string) => {
    if (!entity.startsWith('#')) return namedEntities[entity] ?? whole;
    const isHex = entity[1]?.toLowerCase() === 'x';
    const code = Number.parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

type Node = Readonly<Record<string, unknown>>;
type Prefixes = ReadonlyMap<string, string>;

const localName = /^[\p{L}_][\p{L}\p{N}._-]{0,99}$/u;

class NotReadable extends Error {}

function withDeclared(prefixes: Prefixes, attributes: Node): Prefixes {
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return prefixes;
  return new Map([...prefixes, ...declared.map(([name, value]): [string, string] => [name.slice(6), decode(String(value))])]);
}

function toElement(node: Node, prefixes: Prefixes, depth: number): DavElement | undefined {
  const tag = Object.keys(node).find((key) => key !== ':@');
  if (tag === undefined || tag === '#text') return undefined;
  if (depth > deepest) throw new NotReadable();
  // The parser's own shape: attributes under ':@', children under the tag.
  const attributes = (node[':@'] ?? {}) as Node;
  const nodes = node[tag] as readonly Node[];
  const known = withDeclared(prefixes, attributes);
  const [prefix, name] = tag.includes(':') ? [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)] : ['', tag];
  const namespace = known.get(prefix);
  if (!localName.test(name) || (namespace === undefined && prefix !== '')) throw new NotReadable();
  return {
    namespace: namespace ?? '',
    name,
    attributes: new Map(Object.entries(attributes).map(([key, value]) => [key, decode(String(value))])),
    children: nodes.flatMap((child) => toElement(child, known, depth + 1) ?? []),
    text: decode(nodes.map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join('')),
  };
}

function parse(text: string): DavElement | undefined {
  if (/<!DOCTYPE|<!ENTITY/iu.test(text) || XMLValidator.validate(text) !== true) return undefined;
  try {
    const nodes = parser.parse(text) as readonly Node[];
    return nodes.map((node) => toElement(node, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), 0)).find((element) => element !== undefined);
  } catch {
    // The parser throws plain errors for what its validator lets pass. It is the sender's mistake either way.
    return undefined;
  }
}

// A client asks in the same words at every poll, so what was read is kept with its text.
const known = new Map<string, DavElement | undefined>();
const mostKnown = 200;
const longestKnown = 4000;

/** The root element of a document; undefined when it is not well-formed, or brings a DOCTYPE. */
export function readDavXml(text: string): DavElement | undefined {
  if (text.length > longestKnown) return parse(text);
  if (known.has(text)) return known.get(text);
  const element = parse(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, element);
  return element;
}

// Writing. Answers of ten thousand cards are put together from text, so these return text that is escaped already.

export const davNamespace = 'DAV:';
export const cardNamespace = 'urn:ietf:params:xml:ns:carddav';
export const serverNamespace = 'http://calendarserver.org/ns/';

const prefixOf: Readonly<Record<string, string>> = { [davNamespace]: 'd', [cardNamespace]: 'card', [serverNamespace]: 'cs' };

/** An element with content that is XML already, under the prefixes every answer declares, or under its own. */
export function davElement({ namespace, name }: Pick<DavElement, 'namespace' | 'name'>, content = ''): string {
  const prefix = prefixOf[namespace];
  const tag = prefix === undefined ? name : `${prefix}:${name}`;
  const declaration = prefix === undefined ? ` xmlns="${escapeXml(namespace)}"` : '';
  return content === '' ? `<${tag}${declaration}/>` : `<${tag}${declaration}>${content}</${tag}>`;
}

const declarations = Object.entries(prefixOf)
  .map(([namespace, prefix]) => ` xmlns:${prefix}="${namespace}"`)
  .join('');
const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const multistatusStart = `${head}<d:multistatus${declarations}>`;
export const multistatusEnd = '</d:multistatus>\n';

/** A precondition that was not met (RFC 4918, 16). */
export function davError(condition: string): string {
  return `${head}<d:error${declarations}>${condition}</d:error>\n`;
}
