import { idOf, randomFor, type Random } from './random.ts';
import { madeLandline, madeMobile, madeOddity, madeSwitchboard, type MadeNumber } from './made-number.ts';
import { feminine, vocabularies, type Region } from './vocabulary.ts';

/** How much of everything a seeded desk has, and until when it has been busy. */
export interface SeedPlan {
  readonly contacts: number;
  readonly companies: number;
  readonly deals: number;
  readonly tickets: number;
  readonly members: number;
  /** The end of the seeded past, milliseconds. */
  readonly until: number;
}

const day = 86_400_000;
const pastDays = 730;

/** How many there are of what follows from the number of contacts. */
export function planFor(size: { readonly contacts: number; readonly tickets: number; readonly members: number; readonly until: number }): SeedPlan {
  return {
    ...size,
    companies: size.contacts === 0 ? 0 : Math.max(1, Math.ceil(size.contacts / 8)),
    deals: Math.floor(size.contacts / 20),
    members: Math.min(size.members, size.contacts),
  };
}

/** The moment after `share` of the seeded past. */
export function momentAt(plan: SeedPlan, share: number): number {
  return plan.until - Math.floor((1 - share) * pastDays * day);
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

function regionOf(random: Random): Region {
  const drawn = random.next();
  if (drawn < 0.6) return 'PL';
  return drawn < 0.85 ? 'DE' : 'GB';
}

function slug(text: string): string {
  return text
    .replace(/[łŁ]/gu, 'l')
    .replace(/ß/gu, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
}

export interface MadeCompany {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly region: Region;
  readonly city: string;
  readonly phone: MadeNumber | null;
  /** National form without the extension, where the company has a switchboard. */
  readonly switchboard: string | null;
  readonly createdAt: number;
  readonly lastActivityAt: number;
}

export function madeCompany(plan: SeedPlan, index: number): MadeCompany {
  const random = randomFor('company', index);
  const region = regionOf(random);
  const words = vocabularies[region];
  const core = `${random.pick(words.companyNames)} ${random.pick(words.companyKinds)}`;
  const name = `${core} ${random.pick(words.legalForms)}`.trim();
  const switchboard = random.chance(0.1) ? madeSwitchboard(random, region) : null;
  const plain = random.chance(0.8) ? madeLandline(random, region) : null;
  const lastActivityAt = momentAt(plan, (index + 1) / plan.companies);
  return {
    id: idOf('company', index),
    name,
    domain: `${slug(core)}${index % 7 === 0 ? '' : `-${index % 1000}`}.${words.domain}`,
    region,
    city: random.pick(words.cities),
    phone: switchboard === null ? plain : { raw: `${switchboard}-0`, e164: null },
    switchboard,
    createdAt: lastActivityAt - random.below(600) * day,
    lastActivityAt,
  };
}

export interface MadeContact {
  readonly id: string;
  readonly index: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly company: MadeCompany | null;
  readonly jobTitle: string | null;
  readonly language: string;
  readonly region: Region;
  readonly phone: MadeNumber | null;
  readonly mobile: MadeNumber | null;
  readonly publishToPhones: boolean;
  readonly createdAt: number;
  readonly lastActivityAt: number;
}

/** Members are the contacts that were active last, so that their tickets may be of any age. */
export function isMember(plan: SeedPlan, index: number): boolean {
  return index >= plan.contacts - plan.members;
}

function madePhone(random: Random, region: Region, company: MadeCompany | null): MadeNumber | null {
  const drawn = random.next();
  if (company !== null && company.switchboard !== null && drawn < 0.5) return { raw: `${company.switchboard}-${10 + random.below(90)}`, e164: null };
  if (drawn < 0.03) return madeOddity(random, region);
  return drawn < 0.6 ? madeLandline(random, region) : null;
}

interface Home {
  readonly company: MadeCompany | null;
  readonly region: Region;
}

/** Where a contact belongs. A company has been active since its contacts were. */
function homeOf(plan: SeedPlan, index: number): Home {
  const random = randomFor('home', index);
  const share = (index + 1) / plan.contacts;
  if (!random.chance(0.65)) return { company: null, region: regionOf(random) };
  const company = madeCompany(plan, Math.min(plan.companies - 1, Math.floor(plan.companies * (share + (1 - share) * random.next()))));
  return { company, region: company.region };
}

/** The contact's own mobile number; now and then it is the one of whoever stands before them, as in families. */
function madeOwnMobile(plan: SeedPlan, index: number, region: Region): MadeNumber | null {
  const drawn = randomFor('mobile', index).next();
  if (drawn >= 0.88) return null;
  if (drawn >= 0.02 || index === 0) return madeMobile(randomFor('own-mobile', index), region);
  const shared = madeMobile(randomFor('own-mobile', index - 1), homeOf(plan, index - 1).region);
  return { raw: shared.e164 ?? shared.raw, e164: shared.e164 };
}

export function madeContact(plan: SeedPlan, index: number): MadeContact {
  const random = randomFor('contact', index);
  const { company, region } = homeOf(plan, index);
  const words = vocabularies[region];
  const isWoman = random.chance(0.5);
  const surname = random.pick(words.surnames);
  const firstName = random.pick(isWoman ? words.women : words.men);
  const lastName = isWoman && region === 'PL' ? feminine(surname) : surname;
  const host = company !== null && random.chance(0.7) ? company.domain : random.pick(words.mailServices);
  const hasEmail = random.chance(0.85) || isMember(plan, index);
  const lastActivityAt = momentAt(plan, (index + 1) / plan.contacts);
  return {
    id: idOf('contact', index),
    index,
    firstName,
    lastName,
    email: hasEmail ? `${slug(firstName)}.${slug(lastName)}.${index.toString(36)}@${host}` : null,
    company,
    jobTitle: random.chance(0.5) ? random.pick(words.jobs) : null,
    language: words.language,
    region,
    phone: madePhone(random, region, company),
    mobile: madeOwnMobile(plan, index, region),
    publishToPhones: random.chance(0.98),
    createdAt: lastActivityAt - random.below(500) * day,
    lastActivityAt,
  };
}

export interface MadeDeal {
  readonly id: string;
  readonly name: string;
  readonly amount: string;
  readonly currency: string;
  readonly stage: string;
  readonly isOpen: boolean;
  readonly contactIndex: number;
  readonly createdAt: number;
}

const dealNames = [
  'Roof renovation',
  'Fibre connection',
  'New boiler',
  'Maintenance contract',
  'Kitchen refit',
  'Door system',
  'Lift modernisation',
  'Annual inspection',
];
const openStages = ['Enquiry', 'Offer sent', 'Negotiation'];

export function madeDeal(plan: SeedPlan, index: number): MadeDeal {
  const random = randomFor('deal', index);
  const isOpen = random.chance(0.6);
  const share = (index + 1) / plan.deals;
  return {
    id: idOf('deal', index),
    name: random.pick(dealNames),
    amount: `${(3 + random.below(400)) * 50}.00`,
    currency: random.pick(['PLN', 'EUR', 'GBP']),
    stage: isOpen ? random.pick(openStages) : random.pick(['Won', 'Lost']),
    isOpen,
    contactIndex: Math.min(plan.contacts - 1, Math.floor(plan.contacts * (share + (1 - share) * random.next()))),
    createdAt: momentAt(plan, share),
  };
}
