import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeFileName } from '#server/conversations/file-name.ts';
import { contentDisposition } from '#server/conversations/attachment-headers.ts';

const cases: readonly (readonly [string, string])[] = [
  ['photo.jpg', 'photo.jpg'],
  ['Zdjęcie drzwi (2).png', 'Zdjęcie drzwi (2).png'],
  ['文件.pdf', '文件.pdf'],
  ['👨‍👩‍👧 family.png', '👨‍👩‍👧 family.png'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\system32\\calc.exe', 'calc.exe'],
  ['C:\\Users\\anna\\photo.jpg', 'photo.jpg'],
  ['/', 'file'],
  ['..', 'file'],
  ['', 'file'],
  ['   ', 'file'],
  ['...', 'file'],
  ['.htaccess', 'htaccess'],
  ['name.', 'name'],
  ['name. . .', 'name'],
  ['photo\u{202E}gpj.exe', 'photogpj.exe'],
  ['\u{2066}a\u{2069}.txt', 'a.txt'],
  ['zero\u{200B}width\u{FEFF}.txt', 'zerowidth.txt'],
  ['nul\u{0}byte.txt', 'nulbyte.txt'],
  ['line\r\nSet-Cookie: a=b.txt', 'lineSet-Cookie_ a=b.txt'],
  ['tab\there.txt', 'tabhere.txt'],
  ['bell\u{7}\u{1B}[31m.txt', 'bell[31m.txt'],
  ['c1\u{85}control.txt', 'c1control.txt'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['AUX.tar.gz', '_AUX.tar.gz'],
  ['nul', '_nul'],
  ['COM1.log', '_COM1.log'],
  ['LPT9', '_LPT9'],
  ['com¹.txt', '_com¹.txt'],
  ['CONIN$', '_CONIN$'],
  ['con .txt', '_con.txt'],
  ['console.log', 'console.log'],
  ['file.txt:stream', 'file.txt_stream'],
  ['file.txt::$DATA', 'file.txt__$DATA'],
  ['a<b>c|d?e*f"g.txt', 'a_b_c_d_e_f_g.txt'],
  ['%2e%2e%2fpasswd', '%2e%2e%2fpasswd'],
  ['\u{D800}lone.txt', 'lone.txt'],
  ['tag\u{E0041}\u{E007F}.txt', 'tag.txt'],
  ['e\u{301}clair.txt', 'éclair.txt'],
  ['a  lot\u{A0}of   room.txt', 'a lot of room.txt'],
  [`${'x'.repeat(500)}.pdf`, `${'x'.repeat(120)}.pdf`],
];

describe('names of attachments', () => {
  test.each(cases)('%j becomes %j', (sent, kept) => {
    expect(safeFileName(sent)).toBe(kept);
  });

  test('a long name of large characters keeps its extension and fits any file system', () => {
    const kept = safeFileName(`${'👩🏽‍🚀'.repeat(100)}.docx`);

    expect(kept.endsWith('.docx')).toBe(true);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(255);
    expect(kept.isWellFormed()).toBe(true);
  });

  test('whatever is sent, the kept name is safe, and keeping it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (sent) => {
        const kept = safeFileName(sent);
        expect(kept).not.toBe('');
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(255);
        // oxlint-disable-next-line no-control-regex -- that none are left is the point.
        expect(kept).not.toMatch(/[/\\\u{0}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u);
        expect(kept.startsWith('.')).toBe(false);
        expect(kept.isWellFormed()).toBe(true);
        expect(safeFileName(kept)).toBe(kept);
      }),
      { numRuns: 2000 },
    );
  });

  test('a header holds any kept name, and both spellings of it end where they should', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (sent) => {
        const header = contentDisposition('attachment', safeFileName(sent));
        expect(header).toMatch(/^attachment; filename="[\x20-\x21\x23-\x5B\x5D-\x7E]+"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/u);
      }),
      { numRuns: 2000 },
    );
  });

  test('the name arrives whole in current browsers and readable in old ones', () => {
    expect(contentDisposition('inline', 'Zdjęcie “1” – drzwi.png')).toBe(
      `inline; filename="Zdjecie _1_ _ drzwi.png"; filename*=UTF-8''Zdj%C4%99cie%20%E2%80%9C1%E2%80%9D%20%E2%80%93%20drzwi.png`,
    );
  });
});
