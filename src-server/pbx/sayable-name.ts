import { shortText, shownText } from '../kernel/shown-text.ts';

const longest = 40;

// What Asterisk's dialplan, Kamailio's pseudo-variables and SIP's quoted strings give a meaning (interfaces.md, PBX).
const meaningful = /["\\,;${}()]/gu;
// What is no letter of any script: halves of characters, private and unassigned ones.
const unprintable = /[\p{Cs}\p{Co}\p{Cn}]/gu;

/** A name as a telephone system may put it into any configuration language: one line, 40 characters, nothing with a meaning. */
export function sayableName(display: string): string {
  const plain = shownText(display)
    .replace(/\s*·\s*/gu, ' - ')
    .replace(meaningful, ' ')
    .replace(unprintable, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return shortText(plain, longest);
}
