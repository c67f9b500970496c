import { locale } from '../words/language.ts';
import { words } from '../words/words.ts';

// How times, names, money and durations read on the phone: in the reader's own zone and language.

const day = 86_400_000;

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

function daysBetween(at: Date, now: Date): number {
  return Math.round((startOfDay(at) - startOfDay(now)) / day);
}

function weekday(at: Date): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(at);
}

/** As in “5 Mar”, with the year where it is another one. */
function shortDay(at: Date, now: Date): string {
  const isThisYear = at.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(at);
}

/** 09:12, or 9:12 AM in one piece. */
export function clock(iso: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(iso)).replace(/\s/gu, '\u00a0');
}

/** 09:12 today, “Yesterday”, a weekday in the last week, else a date. */
export function when(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const days = daysBetween(at, now);
  if (days === 0) return clock(iso);
  if (days === -1) return words.times.yesterdayAt(clock(iso));
  if (days > -7 && days < 0) return words.times.at(weekday(at), clock(iso));
  return shortDay(at, now);
}

/** When something is due: “today”, “tomorrow”, a weekday in the coming week, else a date. */
export function due(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const days = daysBetween(at, now);
  if (days === 0) return words.times.today;
  if (days === 1) return words.times.tomorrow;
  if (days === -1) return words.times.yesterday;
  if (days > 1 && days < 7) return weekday(at);
  return shortDay(at, now);
}

/** The same with the time of day, “tomorrow, 17:00”; what is due at the last minute of a day is due on that day. */
export function dueExactly(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const isAnyTime = at.getHours() === 23 && at.getMinutes() === 59;
  return isAnyTime ? due(iso, now) : words.times.at(due(iso, now), clock(iso));
}

/** A day of any year, as in “24 February 2027”. */
export function dayOf(iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(iso));
}

export function exact(iso: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso));
}

export function count(number: number): string {
  return new Intl.NumberFormat(locale).format(number);
}

/** A part of the whole, from 0 to 1, as in “45%”; 100% only when all is there. */
export function share(part: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor(part * 100) / 100);
}

export function duration(seconds: number): string {
  if (seconds < 60) return words.times.seconds(seconds);
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? words.times.minutes(minutes) : words.times.hours(Math.floor(minutes / 60), minutes % 60);
}

/** Money without cents where there are none, as one says it. */
export function money({ amount, currency }: { readonly amount: string; readonly currency: string }): string {
  const digits = /\.\d*[1-9]/u.test(amount) ? 2 : 0;
  try {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
    // As text, so that no amount is too large to be exact (ECMA-402, 10th edition).
    return format.format(amount as `${number}`);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** Up to two letters for somebody without a picture. */
export function initials(name: string): string {
  const parts = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (parts.length === 0) return '?';
  if (/^\p{N}/u.test(parts[0] ?? '')) return '#';
  const lastName = parts.slice(1).findLast((word) => /^\p{L}/u.test(word)) ?? '';
  const [first = ''] = parts[0] ?? '';
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
