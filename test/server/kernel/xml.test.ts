import { describe, expect, test } from 'vitest';
import { xml, xmlDocument, writtenXml } from '#server/kernel/xml.ts';

describe('writing XML', () => {
  test('every value is escaped, and markup made by xml is not escaped again', () => {
    const name = xml`<name kind="${'"<&'}">${'Müller & Söhne <GmbH>'}</name>`;
    expect(xml`<card>${name}</card>`.text).toBe('<card><name kind="&quot;&lt;&amp;">Müller &amp; Söhne &lt;GmbH&gt;</name></card>');
  });

  test('lists write their items, and nothing writes nothing', () => {
    expect(xml`<a>${[1, 'b', null, undefined, writtenXml('<c/>')]}</a>`.text).toBe('<a>1b<c/></a>');
  });

  test('a carriage return survives a reader, what XML can’t say is left out', () => {
    expect(xml`<a>${'x\r\ny\u0000\u001b\ud800z'}</a>`.text).toBe('<a>x&#13;\nyz</a>');
  });

  test('a document says its encoding', () => {
    expect(xmlDocument(xml`<a/>`)).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<a/>');
  });
});
