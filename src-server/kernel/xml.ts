/** Markup that is safe to put into a document as it stands. Made by `xml` only. */
class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}
export type { Xml };

export type XmlValue = Xml | string | number | null | undefined | readonly XmlValue[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

// XML 1.0 has no way to write these at all (production [2] Char), so they are left out.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
const unpairedSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as XML character data and as an attribute in double quotes. A bare CR would be read as LF, so it is escaped. */
export function escapeXml(text: string): string {
  return text
    .replace(unwritable, '')
    .replace(unpairedSurrogate, '')
    .replace(/[&<>"\r]/gu, (character) => entities[character] ?? '');
}

function render(value: XmlValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Xml) return value.text;
  return typeof value === 'string' || typeof value === 'number' ? escapeXml(String(value)) : value.map(render).join('');
}

/**
 * Writes XML: ``xml`<name>${name}</name>` ``. Every value is escaped unless `xml` made it; null and undefined write
 * nothing, lists write their items.
 */
export function xml(strings: TemplateStringsArray, ...values: readonly XmlValue[]): Xml {
  return new Xml(strings.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

/** Text that is XML already: a card that was escaped when it was stored. */
export function writtenXml(text: string): Xml {
  return new Xml(text);
}

/** A whole document as text, with the declaration every reader understands. */
export function xmlDocument(content: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${content.text}`;
}
