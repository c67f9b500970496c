const longest = 40;

// What Asterisk's dialplan, Kamailio's pseudo-variables and SIP's quoted strings give a meaning (interfaces.md, PBX).
const meaningful = /["\\,;${}()]/gu;
// Line breaks, control characters and the invisible ones that turn text around.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

/** A name as a telephone system may put it into any configuration language: one line, 40 characters, nothing with a meaning. */
export function sayableName(display: string): string {
  const plain = display
    .replace(/\s*·\s*/gu, ' - ')
    .replace(meaningful, ' ')
    .replace(unprintable, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  // Never half of a character that takes two units.
  return plain
    .slice(0, longest)
    .replace(/\p{Cs}$/u, '')
    .trim();
}
