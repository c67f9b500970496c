import type { Context } from '../kernel/context.ts';
import type { DeviceRequest, DeviceTrace } from './devices.contract.ts';
import { getDevice } from './devices.service.ts';
import { listTrace } from './request-trace.queries.ts';

const mostShown = 100;
const anHour = 3_600_000;
const aDay = 24 * anHour;

/** The program behind a user agent, without its version: two of them on one account are two phones, or a stranger. */
function programOf(userAgent: string): string {
  return userAgent.split(/[/\s(]/u)[0] ?? '';
}

function twoClients(requests: readonly DeviceRequest[], now: number): string[] {
  const recent = requests.filter((request) => request.path.startsWith('/dav') && now - Date.parse(request.at) < aDay && request.status < 400);
  const programs = [...new Set(recent.map((request) => programOf(request.userAgent ?? '')).filter((program) => program !== ''))];
  if (programs.length < 2) return [];
  return [
    `Two programs read this phone’s address book within a day: ${programs.slice(0, 3).join(', ')}. If only one is on the phone, wipe it and pair it anew.`,
  ];
}

function wholeReadings(requests: readonly DeviceRequest[]): string[] {
  const whole = requests.filter((request) => request.note?.startsWith('synced all') === true).map((request) => Date.parse(request.at));
  const isTwice = whole.some((at, index) => index > 0 && (whole[index - 1] ?? 0) - at < anHour);
  return isTwice ? ['It read the whole address book twice within an hour. Phones do so once, and after their scope was changed.'] : [];
}

function wrongPassword(requests: readonly DeviceRequest[]): string[] {
  const last = requests.find((request) => request.path.startsWith('/dav'));
  if (last?.note?.includes('wrong password') !== true) return [];
  return [
    'Its contacts app came with a wrong password last: the account was set up again, its lease is over, or an older backup was restored. On the phone, open Doorline’s page, Caller ID on the call screen, and load the account again.',
  ];
}

/**
 * What a phone asked for last, and what is odd about it.
 * @throws NotFound
 */
export async function readTrace(ctx: Context, id: string): Promise<DeviceTrace> {
  await getDevice(ctx, id);
  const items = (await listTrace(ctx.db, id, mostShown)).map((row) => ({
    id: row.id,
    at: row.at,
    method: row.method,
    path: row.path,
    status: row.status,
    note: row.note,
    milliseconds: row.milliseconds,
    userAgent: row.user_agent,
  }));
  return { items, alerts: [...wrongPassword(items), ...twoClients(items, ctx.now().getTime()), ...wholeReadings(items)] };
}
