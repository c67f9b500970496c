import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { attachmentHeaders } from '#server/conversations/attachment-headers.ts';
import { isInlineType, sniffMediaType } from '#server/conversations/media-type.ts';

function bytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

const png = Buffer.concat([bytes('\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0'), Buffer.alloc(64)]);
const gif = bytes('GIF89a\x01\0\x01\0\0\0\0;');

// What it is called, its bytes, what it is taken for, whether a browser may show it in a page.
const contents: readonly (readonly [name: string, content: Buffer, type: string, isInline: boolean])[] = [
  ['a PNG', png, 'image/png', true],
  ['a JPEG', Buffer.concat([bytes('\xFF\xD8\xFF\xE0\0\x10JFIF\0'), Buffer.alloc(32)]), 'image/jpeg', true],
  ['a GIF', gif, 'image/gif', true],
  ['a WebP', bytes('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0'), 'image/webp', true],
  ['a PDF', bytes('%PDF-1.7\n1 0 obj'), 'application/pdf', true],
  ['a GIF that goes on as a script', Buffer.concat([gif, bytes('/*<script>alert(1)</script>')]), 'image/gif', true],
  ['HTML', bytes('<!doctype html><script>alert(1)</script>'), 'text/html', false],
  ['HTML in capitals', bytes('<HTML><BODY onload=alert(1)>'), 'text/html', false],
  ['HTML after blank lines', bytes('\n\n \t<script>alert(1)</script>'), 'text/html', false],
  ['HTML after a comment', bytes('<!-- a -->\n<html>'), 'text/html', false],
  ['HTML after a byte order mark', Buffer.from('\u{FEFF}<html><script>'), 'text/html', false],
  ['HTML in UTF-16', utf16('<html><script>alert(1)</script>'), 'text/html', false],
  ['a fragment with a handler', bytes('<img src=x onerror=alert(1)>'), 'text/html', false],
  ['a frame', bytes('<iframe src="javascript:alert(1)">'), 'text/html', false],
  ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image/svg+xml', false],
  ['SVG with a declaration', bytes('<?xml version="1.0"?><svg onload="alert(1)">'), 'image/svg+xml', false],
  ['SVG with a doctype', bytes('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg onload="a()"/>'), 'image/svg+xml', false],
  ['SVG after a comment', bytes('<!-- made by hand --><svg onload="a()"/>'), 'image/svg+xml', false],
  ['XML', bytes('<?xml version="1.0"?><a/>'), 'application/xml', false],
  ['XML with an entity bomb', bytes('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), 'application/xml', false],
  ['XHTML', bytes('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'), 'application/xml', false],
  ['text', bytes('Dear support,\r\nit is broken.'), 'text/plain', false],
  ['text in Polish', Buffer.from('Zażółć gęślą jaźń'), 'text/plain', false],
  ['text in windows-1250', Buffer.from([0x5a, 0x61, 0xbf, 0xf3, 0xb3, 0xe6]), 'application/octet-stream', false],
  ['CSV with a formula', bytes('=cmd|"/c calc"!A1,2'), 'text/plain', false],
  ['JSON', bytes('{"a": "<script>"}'), 'text/plain', false],
  ['JavaScript', bytes('alert(1)'), 'text/plain', false],
  ['a shell script', bytes('#!/bin/sh\nrm -rf /'), 'text/plain', false],
  ['a Windows program', Buffer.concat([bytes('MZ\x90\0'), Buffer.alloc(60)]), 'application/x-msdownload', false],
  ['a Linux program', Buffer.concat([bytes('\x7FELF\x02\x01\x01'), Buffer.alloc(32)]), 'application/x-elf', false],
  ['a ZIP archive', bytes('PK\x03\x04\x14\0\0\0\0\0'), 'application/zip', false],
  ['an empty ZIP archive', bytes('PK\x05\x06' + '\0'.repeat(18)), 'application/zip', false],
  ['Flash', bytes('FWS\x09\x10\0\0\0'), 'application/x-shockwave-flash', false],
  ['a Java class', bytes('\xCA\xFE\xBA\xBE\0\0\0\x34'), 'application/java-vm', false],
  ['PostScript', bytes('%!PS-Adobe-3.0'), 'application/postscript', false],
  ['RTF', bytes('{\\rtf1\\ansi'), 'application/rtf', false],
  ['HTML with a NUL in front', bytes('\0<script>alert(1)</script>'), 'application/octet-stream', false],
  ['a picture’s name on HTML', bytes('<html>.png'), 'text/html', false],
  ['PDF after other bytes', bytes('<script>alert(1)</script>%PDF-1.7'), 'text/html', false],
  ['a cut-off PNG signature', png.subarray(0, 5), 'application/octet-stream', false],
  ['one byte', bytes('<'), 'text/plain', false],
  ['noise', deflateSync(Buffer.alloc(5000, 'q')).subarray(2), 'application/octet-stream', false],
  ['a BMP', Buffer.concat([bytes('BM'), Buffer.alloc(60)]), 'image/bmp', false],
  ['an icon', Buffer.concat([bytes('\0\0\x01\0\x01\0'), Buffer.alloc(40)]), 'image/x-icon', false],
  ['an MP4', bytes('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'), 'video/mp4', false],
];

describe('what a file is, is read from its bytes', () => {
  test.each(contents)('%s', async (_name, ...[content, type, isInline]) => {
    const sniffed = await sniffMediaType(content);

    expect(sniffed).toBe(type);
    expect(isInlineType(sniffed)).toBe(isInline);
  });

  test.each(contents.filter(([, , , isInline]) => !isInline))('%s is served as bytes to save, never under a type a browser runs', (_name, ...[, type]) => {
    const headers = attachmentHeaders({ fileName: 'x.html', mediaType: type, byteSize: 1 }, 'show');

    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; /u),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  test('a picture is shown in the page, unless it is asked for as a download', () => {
    const file = { fileName: 'door.png', mediaType: 'image/png', byteSize: 1 };

    expect(attachmentHeaders(file, 'show')['content-disposition']).toMatch(/^inline; /u);
    expect(attachmentHeaders(file, 'download')['content-disposition']).toMatch(/^attachment; /u);
  });
});
