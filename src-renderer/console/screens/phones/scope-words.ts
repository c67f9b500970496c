import type { ScopePreview } from '#server/devices/devices.contract.ts';
import { dayOf } from '../../../ui/time.ts';

function figure(count: number, isAtLeast = false): string {
  return `${count.toLocaleString('en')}${isAtLeast ? ' or more' : ''}`;
}

/** “60 are kept off the phones”, “1 is kept off the phones”. */
function some(count: number, words: { readonly one: string; readonly several: string }): string[] {
  return count === 0 ? [] : [`${figure(count)} ${count === 1 ? words.one : words.several}`];
}

/** “20,000 contacts come onto the phone, of 30,000: down to whoever was last active on 3 May 2025.” */
function whoComes(preview: ScopePreview, now: Date): string {
  const { contacts, areContactsAtLeast, arePresentableAtLeast, most, onPhone, leastActiveAt } = preview;
  const isCapFull = onPhone === most;
  const all = figure(contacts, areContactsAtLeast);
  if (contacts === 0) return 'Nobody is in it, so no contact comes onto the phone.';
  if (onPhone === 0)
    return arePresentableAtLeast ? `None of the first ${figure(contacts)} contacts can be shown.` : `No contact comes onto the phone, of ${all}.`;
  if (onPhone === contacts && !areContactsAtLeast) return onPhone === 1 ? 'The only contact comes onto the phone.' : `All ${all} contacts come onto the phone.`;
  const isAtLeast = arePresentableAtLeast && !isCapFull;
  const coming = `${figure(onPhone, isAtLeast)} ${onPhone === 1 && !isAtLeast ? 'contact comes' : 'contacts come'} onto the phone, of ${all}`;
  return leastActiveAt === null ? `${coming}.` : `${coming}: down to whoever was last active on ${dayOf(leastActiveAt, now)}.`;
}

/** Why the others cannot be shown, where all were looked at. */
function whoCannot({ contacts, presentable, keptOff }: ScopePreview): string {
  if (keptOff === null || contacts === presentable) return '';
  const reasons = [
    ...some(keptOff, { one: 'is kept off the phones', several: 'are kept off the phones' }),
    ...some(contacts - presentable - keptOff, { one: 'has no name or no number that rings', several: 'have no name or no number that rings' }),
  ];
  return ` ${reasons.join(', ')}.`;
}

/** What a scope puts onto a phone, and why not more, no more exactly than it was counted. */
export function countsInWords(preview: ScopePreview, now = new Date()): string {
  return `${whoComes(preview, now)}${whoCannot(preview)}`;
}
