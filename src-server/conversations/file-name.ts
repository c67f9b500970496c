// Invisible and direction-changing characters let `gpj.exe` be read as a picture: controls, soft hyphen, Arabic letter
// mark, zero-width space, direction marks, line and paragraph separators, overrides and isolates, word joiner to
// invisible plus, byte order mark, interlinear marks, tags. U+200D stays: it holds emoji and Indic letters together.
const invisible =
  /[\p{Cc}\u{AD}\u{61C}\u{180E}\u{200B}\u{200C}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFD}\u{E0000}-\u{E007F}]/gu;

// What Windows keeps for devices, whatever extension follows.
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/iu;

const maxCharacters = 120;
// Common file systems take 255 bytes a name; some room is left for “ (2)” and the like.
const maxBytes = 230;

const characters = new Intl.Segmenter();

/** Cuts the stem so that the name fits and keeps its extension. Whole characters only. */
function shorten(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
  const whole = name.slice(0, Math.min(name.length - extension.length, 1000));
  const stem = Array.from(characters.segment(whole), ({ segment }) => segment).slice(0, maxCharacters);
  while (stem.length > 1 && Buffer.byteLength(stem.join('') + extension) > maxBytes) stem.pop();
  return stem.join('').trimEnd() + extension;
}

/**
 * A name that is safe to show, to put into a header and to save on any system, made from whatever was sent: no path, no
 * control or invisible characters, nothing Windows reserves, not too long. Never empty.
 */
export function safeFileName(sent: string): string {
  const last = sent.toWellFormed().normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const clean = last
    .replace(invisible, '')
    .replace(/[<>:"|?*]/gu, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '');
  const stem = clean.split('.')[0]?.trimEnd() ?? '';
  const free = reserved.test(stem) ? `_${clean}` : clean;
  return free === '' ? 'file' : shorten(free);
}
