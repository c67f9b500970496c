const characters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#13;': '\r' };

/** The text of a stored card. It is kept as XML because nearly every reader wants it in XML. */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#13);/gu, (entity) => characters[entity] ?? entity);
}
