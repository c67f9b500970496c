import type { SetupWay } from '#server/enrolment/enrolment.contract.ts';

/** Makers whose phones stop work in the background each in its own way; `stock` is Android as Google makes it. */
export type Maker = 'xiaomi' | 'huawei' | 'samsung' | 'oneplus' | 'oppo' | 'vivo' | 'stock';

/** By what phones call themselves: a name, or the pattern of the maker's model numbers. */
const signs: readonly (readonly [Maker, RegExp])[] = [
  ['xiaomi', /\b(?:xiaomi|redmi|poco|mi (?:\d|note|mix|max)|m[12]\d{3}[a-z]\w+|2\d{4,8}[a-z]{1,4}\d?\w*)\b/iu],
  ['samsung', /\b(?:samsung|galaxy|sm-[a-z]\d|gt-[a-z]\d)/iu],
  ['oneplus', /\b(?:oneplus|(?:le|in|kb|ne|hd|gm)[12]\d{3})\b/iu],
  ['oppo', /\b(?:oppo|realme|cph\d{4}|rmx\d{4})\b/iu],
  ['vivo', /\b(?:vivo|iqoo|v[12]\d{3}[a-z]?)\b/iu],
  ['huawei', /\b(?:huawei|honor|[a-z]{3}-[a-z]{1,3}\d{1,2}[a-z]?)\b/iu],
];

/** The maker of an Android phone, from its user agent or its model. */
export function makerOf(userAgent: string): Maker {
  return signs.find(([, sign]) => sign.test(userAgent))?.[0] ?? 'stock';
}

/** The way this browser's phone is set up; undefined on a computer. */
export function wayOf(agent: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): SetupWay | undefined {
  if (/Android/u.test(agent.userAgent)) return 'android';
  // An iPad calls itself a Mac, but a Mac has no touch screen.
  const isApple = /iPhone|iPad|iPod/u.test(agent.userAgent) || (/Macintosh/u.test(agent.userAgent) && agent.maxTouchPoints > 1);
  return isApple ? 'ios' : undefined;
}
