import type { Language } from '../words/language.ts';

/** What a drawing of the phone's own screens shows. `mark` is the row to tap; `end` is its right side: a word, or `on`, `tick`, `more` for what is drawn. */
export interface Drawing {
  readonly kind: 'list' | 'dialog' | 'call';
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly end?: string; readonly mark?: boolean }[];
}

/** One step of the guide: what to do, what it looks like, and what to do when nothing happens. */
export interface StepWords {
  readonly title: string;
  readonly done: string;
  readonly doThis: readonly string[];
  readonly drawing?: Drawing;
  readonly stuck: readonly string[];
}

export type StepName =
  | 'certificate'
  | 'profile'
  | 'accountIos'
  | 'contactsIos'
  | 'link'
  | 'accountAndroid'
  | 'book'
  | 'contactsAndroid'
  | 'battery'
  | 'testCall';

/** The guide in one language. */
export interface GuideWords {
  readonly language: Language;
  readonly title: string;
  readonly lead: string;
  readonly works: string;
  readonly worksNot: string;
  readonly stale: string;
  readonly ended: string;
  readonly renewSoon: (date: string) => string;
  readonly renew: string;
  /** The same where renewing is a tap, because the account goes on. */
  readonly byTap: { readonly ended: string; readonly renewSoon: (date: string) => string; readonly renew: string; readonly act: string };
  readonly contacts: (onPhone: string, inScope: string) => string;
  readonly read: (ago: string, by: string) => string;
  readonly progress: (done: number, all: number) => string;
  readonly whichPhone: string;
  readonly states: { readonly done: string; readonly now: string; readonly open: string };
  readonly stuck: string;
  readonly steps: Readonly<Record<StepName, StepWords>>;
  readonly loadProfile: string;
  readonly loadAgain: string;
  readonly replaces: string;
  readonly inSafari: string;
  readonly copyAddress: string;
  readonly copied: string;
  readonly openDavx5: string;
  readonly getDavx5: string;
  readonly getDavx5Hint: string;
  readonly byHand: string;
  readonly byHandHint: string;
  readonly fields: { readonly url: string; readonly userName: string; readonly password: string };
  readonly showPassword: string;
  readonly fingerprint: string;
  readonly fingerprintHint: string;
  readonly managed: string;
  readonly managedHint: string;
  readonly permissions: { readonly title: string; readonly list: readonly (readonly [name: string, why: string])[] };
  readonly maker: string;
  readonly batteryDone: string;
  readonly itShowed: string;
  readonly itDidNot: string;
  readonly failed: string;
  readonly retry: string;
  readonly later: string;
  readonly finish: string;
}
