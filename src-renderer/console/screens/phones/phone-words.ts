import { silentAfterHours, type Device, type Platform } from '#server/devices/devices.contract.ts';

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

const anHour = 3_600_000;

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

export function isStale(device: Pick<Device, 'state' | 'lastSyncAt' | 'addressBook' | 'createdAt'>, now: number): boolean {
  if (device.state !== 'active') return false;
  return now - new Date(lastReadAt(device) ?? device.createdAt).getTime() > silentAfterHours * anHour;
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
