import { words } from '../words/words.ts';

const asTheDeskWrites = /^Call back (?=.)/u;

/** A call-back as the desk names it, “Call back Jonas Brandt”, in the reader's language. */
export function callBackTitle(title: string): string {
  return asTheDeskWrites.test(title) ? words.parts.callBackTo(title.replace(asTheDeskWrites, '')) : title;
}
