import type { Random } from './random.ts';
import type { Region } from './vocabulary.ts';

/** A number as it stands in a field. `e164` is known where the field holds just this one number. */
export interface MadeNumber {
  readonly raw: string;
  readonly e164: string | null;
}

interface Plan {
  readonly callingCode: string;
  readonly trunk: string;
  readonly mobile: (random: Random) => readonly string[];
  readonly landline: (random: Random) => readonly string[];
}

function digits(random: Random, count: number): string {
  return String(random.below(10 ** count)).padStart(count, '0');
}

/** Area code and subscriber number in the groups people write. Every drawn number is valid in its country's plan. */
const plans: Readonly<Record<Region, Plan>> = {
  PL: {
    callingCode: '48',
    trunk: '',
    mobile: (random) => {
      const number = random.pick(['50', '51', '53', '57', '60', '66', '69', '72', '73', '78', '79', '88']) + digits(random, 7);
      return [number.slice(0, 3), number.slice(3, 6), number.slice(6)];
    },
    landline: (random) => [
      random.pick(['12', '22', '32', '42', '58', '61', '71', '81', '91']),
      `${2 + random.below(8)}${digits(random, 2)}`,
      digits(random, 2),
      digits(random, 2),
    ],
  },
  DE: {
    callingCode: '49',
    trunk: '0',
    mobile: (random) => [`17${random.below(10)}`, digits(random, 7)],
    landline: (random) => [random.pick(['30', '40', '89', '221', '711', '511']), `${2 + random.below(7)}${digits(random, 2)}`, digits(random, 4)],
  },
  GB: {
    callingCode: '44',
    trunk: '0',
    mobile: (random) => [`77${1 + random.below(7)}${random.below(10)}`, digits(random, 6)],
    landline: (random) => ['20', `7${digits(random, 3)}`, digits(random, 4)],
  },
};

function write(random: Random, { callingCode, trunk }: Plan, groups: readonly string[]): MadeNumber {
  const bare = groups.join('');
  const [head = '', ...rest] = groups;
  const raw = random.pick([
    `${trunk}${groups.join(' ')}`,
    `${trunk}${groups.join(' ')}`,
    `${trunk}${bare}`,
    `${trunk}${groups.join('-')}`,
    `+${callingCode} ${groups.join(' ')}`,
    `+${callingCode}${bare}`,
    `00${callingCode} ${bare}`,
    `(${trunk}${head}) ${rest.join(' ')}`,
    `+${callingCode} (${head}) ${rest.join(' ')}`,
  ]);
  return { raw, e164: `+${callingCode}${bare}` };
}

export function madeMobile(random: Random, region: Region): MadeNumber {
  const plan = plans[region];
  return write(random, plan, plan.mobile(random));
}

export function madeLandline(random: Random, region: Region): MadeNumber {
  const plan = plans[region];
  return write(random, plan, plan.landline(random));
}

/** What a switchboard's number and its direct numbers begin with, in national form. */
export function madeSwitchboard(random: Random, region: Region): string {
  const plan = plans[region];
  const [area = '', ...rest] = plan.landline(random);
  return `${plan.trunk}${area} ${rest.join('')}`;
}

/** What stands in number fields that were never meant for a machine. */
export function madeOddity(random: Random, region: Region): MadeNumber {
  const mobile = madeMobile(random, region);
  const landline = madeLandline(random, region);
  const raw = random.pick([
    `${landline.raw} / ${mobile.raw}`,
    `${mobile.raw}; ${landline.raw}`,
    `${landline.raw} wew. ${1 + random.below(99)}`,
    `${landline.raw} ext. ${100 + random.below(900)}`,
    `tel. ${mobile.raw}`,
    mobile.raw.slice(0, -2),
    'brak',
    'ask at reception',
    'see company',
    `${4 + random.below(5)},8601E+10`,
    String(100 + random.below(900)),
    '116 123',
  ]);
  return { raw, e164: null };
}
