import type { Device, Platform } from '#server/devices/devices.contract.ts';

const platforms: Readonly<Record<Platform, string>> = { ios: 'iPhone', android: 'Android', other: 'Other' };

export function platformName(platform: Platform): string {
  return platforms[platform];
}

/** "iPhone, iOS 27" or "Android 16, Chrome": what a phone says it is, as far as its user agent tells. */
export function phoneKind(platform: Platform, userAgent: string): string {
  const ios = /(?:iPhone|CPU) OS (\d+)[_.](\d+)/u.exec(userAgent);
  if (platform === 'ios') return ios === null ? 'iPhone' : `iPhone, iOS ${ios[1]}${ios[2] === '0' ? '' : `.${ios[2]}`}`;
  const android = /Android (\d+)/u.exec(userAgent);
  if (platform === 'android') return android === null ? 'Android' : `Android ${android[1]}`;
  return 'Browser';
}

/** When the phone last read its contacts, by whatever way. */
export function lastReadAt({ lastSyncAt, addressBook }: Pick<Device, 'lastSyncAt' | 'addressBook'>): string | null {
  const times = [lastSyncAt, addressBook?.readAt ?? null].filter((at) => at !== null);
  return times.sort().at(-1) ?? null;
}

/** “iOS 27.1”, “DAVx5 4.5”: what reads an address book, as it calls itself. */
export function clientName(userAgent: string | null): string {
  const apple = /\b(iOS|iPadOS|macOS|Mac OS X)\/([\d.]+)/u.exec(userAgent ?? '');
  if (apple !== null) return `${apple[1]} ${apple[2]}`;
  return (
    /^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,39}/u
      .exec(userAgent ?? '')?.[0]
      .replace('/', ' ')
      .trim() ?? 'an unknown program'
  );
}

/** By what ways contacts reach the phone: “iOS 27.1”, “Doorline’s page”. */
export function waysOf(device: Pick<Device, 'addressBook' | 'lastSyncAt'>): string {
  const ways = [device.addressBook === null ? '' : clientName(device.addressBook.client), device.lastSyncAt === null ? '' : 'Doorline’s page'];
  return ways.filter((way) => way !== '').join(', ');
}

/** "iPhone · iOS 27.1, Doorline’s page": what it is, and by what ways contacts reach it. */
export function kindAndWays(device: Pick<Device, 'platform' | 'addressBook' | 'lastSyncAt'>): string {
  return [platformName(device.platform), waysOf(device)].filter((part) => part !== '').join(' · ');
}

function figure(count: number): string {
  return count.toLocaleString('en');
}

function share(held: number, of: number, what: string): string {
  return `${figure(held)} of ${figure(of)} ${what}`;
}

/**
 * "3,102 of 3,102 cards", "4,559 of 4,559 numbers": what each way has brought of what it is to bring. Of a phone that is
 * to be wiped what is still on it.
 */
export function heldBy(device: Device): string[] {
  const { state, addressBook, lastSyncAt, contactsSynced, contactsInScope } = device;
  if (state === 'wiping') {
    const { left } = roadsOf(device);
    return [
      ...(left.includes('book') ? [`${figure(addressBook?.cards ?? 0)} cards`] : []),
      ...(left.includes('page') ? [`${figure(contactsSynced)} numbers`] : []),
    ];
  }
  if (state !== 'active') return [];
  return [
    ...(addressBook?.bookSeenAt === undefined || addressBook.bookSeenAt === null ? [] : [share(addressBook.cards, addressBook.cardsInScope, 'cards')]),
    ...(lastSyncAt === null ? [] : [share(contactsSynced, contactsInScope, 'numbers')]),
  ];
}

/** "3,102 cards and 4,559 numbers": what is or was on the phone; empty when nothing is. */
export function heldNow({ addressBook, contactsSynced }: Pick<Device, 'addressBook' | 'contactsSynced'>): string {
  const cards = addressBook?.cards ?? 0;
  return [cards === 0 ? '' : `${figure(cards)} cards`, contactsSynced === 0 ? '' : `${figure(contactsSynced)} numbers`]
    .filter((part) => part !== '')
    .join(' and ');
}

const certificates: Readonly<Record<NonNullable<Device['certificateSeen']>, string>> = { current: 'Current', older: 'Older' };

/** Which certificate the phone’s contacts app saw last. */
export function certificateWord({ certificateSeen, state }: Pick<Device, 'certificateSeen' | 'state'>): string {
  return certificateSeen === null || state !== 'active' ? '' : certificates[certificateSeen];
}

type Road = 'page' | 'book';

/** By which ways contacts came onto a phone that is to be wiped, and which of them has not confirmed yet. */
export function roadsOf({ pageSeenAt, pageErasedAt, addressBook }: Pick<Device, 'pageSeenAt' | 'pageErasedAt' | 'addressBook'>): {
  readonly all: readonly Road[];
  readonly left: readonly Road[];
} {
  const all: Road[] = [...(pageSeenAt === null ? [] : (['page'] as const)), ...(addressBook === null ? [] : (['book'] as const))];
  return { all, left: all.filter((road) => (road === 'page' ? pageErasedAt : (addressBook?.emptiedAt ?? null)) === null) };
}

/** "482 917": six digits as two groups, to be compared at a glance. */
export function codeInGroups(code: string): string {
  return `${code.slice(0, 3)}\u00A0${code.slice(3)}`;
}

/** "4:12" of what is left; "0:00" when nothing is. */
export function minutesLeft(expiresAt: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((new Date(expiresAt).getTime() - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "Anna’s phone". */
export function suggestedName(agentName: string): string {
  const first = agentName.trim().split(/\s+/u)[0] ?? '';
  if (first === '') return '';
  return /s$/iu.test(first) ? `${first}’ phone` : `${first}’s phone`;
}
