/** The system that reads the address book, in words, by what it says of itself (section “User-Agent” of RFC 9110). */
export function readerName(userAgent: string): string {
  const apple = /\b(iOS|iPadOS|macOS|Mac OS X)\/([\d.]+)/u.exec(userAgent);
  if (apple !== null) return `${apple[1]} ${apple[2]}`;
  const program = /\b(DAVx5|Thunderbird|Evolution)\/(\d[\d.]*)/u.exec(userAgent);
  if (program !== null) return `${program[1]} ${program[2]}`;
  return (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}/u.exec(userAgent)?.[0] ?? 'an unknown program').trim();
}
