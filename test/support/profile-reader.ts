import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { temporaryFolder } from './test-context.ts';

/** A value of a property list, with the type it was written as. */
export type PlistValue =
  | { readonly type: 'string' | 'integer' | 'real' | 'boolean' | 'data'; readonly text: string }
  | { readonly type: 'array'; readonly items: readonly PlistValue[] }
  | { readonly type: 'dict'; readonly entries: ReadonlyMap<string, PlistValue> };

type Node = Record<string, unknown>;

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function textOf(children: readonly Node[]): string {
  return children.map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join('');
}

function valueOf(node: Node): PlistValue {
  const name = nameOf(node);
  const children = node[name] as Node[];
  if (name === 'true' || name === 'false') return { type: 'boolean', text: name };
  if (name === 'array') return { type: 'array', items: children.map(valueOf) };
  if (name !== 'dict') return { type: name as 'string', text: textOf(children) };
  const entries = new Map<string, PlistValue>();
  for (let index = 0; index < children.length; index += 2) {
    const [key, value] = [children[index] ?? {}, children[index + 1] ?? {}];
    if (nameOf(key) !== 'key') throw new Error(`A key was expected, not ${nameOf(key)}.`);
    const title = textOf(key['key'] as Node[]);
    if (entries.has(title)) throw new Error(`The key ${title} stands twice.`);
    entries.set(title, valueOf(value));
  }
  return { type: 'dict', entries };
}

/** Reads a property list; one that is not well formed is refused. */
export function readPlist(text: string): PlistValue {
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw new Error(validity.err.msg);
  const parser = new XMLParser({ preserveOrder: true, parseTagValue: false, ignoreDeclaration: true, ignorePiTags: true, trimValues: false });
  const nodes = (parser.parse(text.replace(/>\s+</gu, '><')) as Node[]).filter((node) => nameOf(node) === 'plist');
  const [root] = (nodes[0]?.['plist'] ?? []) as Node[];
  if (root === undefined) throw new Error('This is no property list.');
  return valueOf(root);
}

export function entriesOf(value: PlistValue | undefined): ReadonlyMap<string, PlistValue> {
  if (value?.type !== 'dict') throw new Error('A dictionary was expected.');
  return value.entries;
}

/** The dictionaries a profile is made of. */
export function payloadsOf(profile: ReadonlyMap<string, PlistValue>): ReadonlyMap<string, PlistValue>[] {
  const content = profile.get('PayloadContent');
  if (content?.type !== 'array') throw new Error('PayloadContent is no list.');
  return content.items.map(entriesOf);
}

export function plistText(entries: ReadonlyMap<string, PlistValue>, key: string): string | undefined {
  const value = entries.get(key);
  return value !== undefined && 'text' in value ? value.text : undefined;
}

/** Verifies a CMS signature with OpenSSL against an authority, at a time; what was signed. Throws when it does not hold. */
export function openSigned(signed: Buffer, authorityPem: string, at?: Date): string {
  const folder = temporaryFolder();
  const [file, authority, content] = ['signed.der', 'authority.pem', 'content.xml'].map((name) => path.join(folder, name)) as [string, string, string];
  writeFileSync(file, signed);
  writeFileSync(authority, authorityPem);
  const time = at === undefined ? [] : ['-attime', String(Math.floor(at.getTime() / 1000))];
  execFileSync('openssl', ['cms', '-verify', '-inform', 'DER', '-in', file, '-CAfile', authority, '-purpose', 'any', '-out', content, ...time], {
    stdio: 'pipe',
  });
  return readFileSync(content, 'utf8');
}
