import { NotFound } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import type { DeviceRequest, DeviceTrace } from './devices.contract.ts';
import { sharingInWords, sharingOf } from './account-sharing.ts';
import { findDevice } from './devices.queries.ts';
import { listTrace } from './request-trace.queries.ts';

const anHour = 3_600_000;

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
  const device = await findDevice(ctx.db, id);
  if (device === undefined) throw new NotFound('This phone');
  const rows = await listTrace(ctx.db, id);
  const items = rows.map((row) => ({
    id: row.id,
    at: row.at,
    method: row.method,
    path: row.path,
    status: row.status,
    note: row.note,
    milliseconds: row.milliseconds,
    userAgent: row.user_agent,
    ip: row.ip,
  }));
  const sharing = sharingOf(rows, { now: ctx.now(), since: device.account_watched_from });
  return { items, alerts: [...(sharing === undefined ? [] : [sharingInWords(sharing)]), ...wrongPassword(items), ...wholeReadings(items)] };
}
