import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'vitest';

/** An element as a reader that knows nothing of ours sees it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

/** What a format allows of an element: its attributes in order, its children in order and how often, and its text. */
export interface XmlRule {
  readonly attributes?: readonly string[];
  readonly children?: readonly (readonly [name: string, least: number, most: number])[];
  readonly text?: RegExp;
}

function nodesOf(parsed: readonly Record<string, unknown>[]): XmlNode[] {
  return parsed.flatMap((entry) => {
    const name = Object.keys(entry).find((key) => key !== ':@' && key !== '#text' && !key.startsWith('?'));
    if (name === undefined) return [];
    const inside = entry[name] as Record<string, unknown>[];
    const text = inside.map((part) => (typeof part['#text'] === 'string' ? part['#text'] : '')).join('');
    return [{ name, attributes: (entry[':@'] ?? {}) as XmlNode['attributes'], text, children: nodesOf(inside) }];
  });
}

/** The root element of a document that is well formed. */
export function readXml(document: string): XmlNode {
  expect(XMLValidator.validate(document)).toBe(true);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    trimValues: false,
    processEntities: true,
    htmlEntities: true,
  });
  const [root, ...others] = nodesOf(parser.parse(document) as Record<string, unknown>[]);
  expect(others).toEqual([]);
  if (root === undefined) throw new Error('The document is empty.');
  return root;
}

/** Fails where an element, its attributes, or its children are not as the format says. */
export function checkFormat(node: XmlNode, rules: Readonly<Record<string, XmlRule>>): void {
  const rule = rules[node.name];
  if (rule === undefined) throw new Error(`The format has no element ${node.name}.`);
  expect(Object.keys(node.attributes), `attributes of ${node.name}`).toEqual(rule.attributes ?? []);
  const children = rule.children ?? [];
  const places = node.children.map((child) => children.findIndex(([name]) => name === child.name));
  expect(places, `children of ${node.name}`).not.toContain(-1);
  expect(places, `order of the children of ${node.name}`).toEqual(places.toSorted((left, right) => left - right));
  for (const [at, [name, least, most]] of children.entries()) {
    const count = places.filter((place) => place === at).length;
    expect(count, `${name} in ${node.name}`).toBeGreaterThanOrEqual(least);
    expect(count, `${name} in ${node.name}`).toBeLessThanOrEqual(most);
  }
  if (children.length === 0) expect(node.text, `text of ${node.name}`).toMatch(rule.text ?? /^$/u);
  for (const child of node.children) checkFormat(child, rules);
}

/** The texts of all elements of a name, in order. */
export function textsOf(node: XmlNode, name: string): string[] {
  return [...(node.name === name ? [node.text] : []), ...node.children.flatMap((child) => textsOf(child, name))];
}
