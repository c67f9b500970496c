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

const anHour = 3_600_000;
/** A phone syncs once a day by itself; two days of silence mean that something is wrong. */
const staleHours = 48;

export function isStale(device: Pick<Device, 'state' | 'lastSyncAt' | 'createdAt'>, now: number): boolean {
  if (device.state !== 'active') return false;
  return now - new Date(device.lastSyncAt ?? device.createdAt).getTime() > staleHours * anHour;
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
