/** All entries are below this one. */
export const suffix = 'dc=doorline';

interface NamePart {
  readonly type: string;
  readonly value: string;
}

/** Undoes the escapes of RFC 4514, 2.4. */
function unescaped(value: string): string {
  const bytes = value.replace(/((?:\\[\da-f]{2})+)/giu, (run) => Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8'));
  return bytes.replace(/\\(.)/gu, '$1');
}

/** The parts of a distinguished name, the nearest first (RFC 4514); undefined when it is none. */
export function readName(name: string): NamePart[] | undefined {
  if (name.trim() === '') return [];
  const parts = name.match(/(?:\\.|[^,;\\])+/gsu) ?? [];
  const read = parts.map((part) => /^\s*([a-z][\w.-]*)\s*=\s*(.*?)\s*$/isu.exec(part));
  if (read.includes(null)) return undefined;
  return read.map((found) => ({ type: (found?.[1] ?? '').toLowerCase(), value: unescaped(found?.[2] ?? '') }));
}

function isSuffix(part: NamePart | undefined): boolean {
  return part?.type === 'dc' && part.value.toLowerCase() === 'doorline';
}

/** What a base or a bind names: the root, the schema, the suffix, something right below it, or nothing that is here. */
export function placeOf(
  name: string,
): { readonly kind: 'root' | 'schema' | 'suffix' | 'nowhere' | 'malformed' } | { readonly kind: 'below'; readonly part: NamePart } {
  const parts = readName(name);
  if (parts === undefined) return { kind: 'malformed' };
  const [first, second] = parts;
  if (first === undefined) return { kind: 'root' };
  if (parts.length === 1 && isSuffix(first)) return { kind: 'suffix' };
  if (parts.length === 1 && first.type === 'cn' && first.value.toLowerCase() === 'subschema') return { kind: 'schema' };
  return parts.length === 2 && isSuffix(second) ? { kind: 'below', part: first } : { kind: 'nowhere' };
}
