// How times, names, money and durations read on the phone: in the reader's own zone and language.

const language = typeof navigator === 'undefined' ? 'en' : navigator.language;
const day = 86_400_000;

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

function daysBetween(at: Date, now: Date): number {
  return Math.round((startOfDay(at) - startOfDay(now)) / day);
}

export function clock(iso: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** 09:12 today, “Yesterday”, a weekday in the last week, else a date. */
export function when(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const days = daysBetween(at, now);
  if (days === 0) return clock(iso);
  if (days === -1) return `Yesterday, ${clock(iso)}`;
  if (days > -7 && days < 0) return `${new Intl.DateTimeFormat(language, { weekday: 'long' }).format(at)}, ${clock(iso)}`;
  const isThisYear = at.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(at);
}

/** When something is due: “today”, “tomorrow”, a weekday in the coming week, else a date. */
export function due(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const days = daysBetween(at, now);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  if (days > 1 && days < 7) return new Intl.DateTimeFormat(language, { weekday: 'long' }).format(at);
  const isThisYear = at.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(at);
}

/** A day of any year, as in “24 February 2027”. */
export function dayOf(iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(iso));
}

export function exact(iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso));
}

export function count(number: number): string {
  return new Intl.NumberFormat(language).format(number);
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Money without cents where there are none, as one says it. */
export function money({ amount, currency }: { readonly amount: string; readonly currency: string }): string {
  const value = Number(amount);
  const digits = Number.isInteger(value) ? 0 : 2;
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** Up to two letters for somebody without a picture. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return '?';
  if (/^\p{N}/u.test(words[0] ?? '')) return '#';
  const lastName = words.slice(1).findLast((word) => /^\p{L}/u.test(word)) ?? '';
  const [first = ''] = words[0] ?? '';
  const [last = ''] = lastName;
  return (first + last).toLocaleUpperCase();
}

/** Six digits in two groups, as people compare them. */
export function grouped(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

/** A `tel:` address (RFC 3966); the extension is dialled after a pause. */
export function telephone(number: string, extension: string | null = null): string {
  return `tel:${number.replace(/[^\d+*#]/gu, '')}${extension === null ? '' : `,${extension}`}`;
}
