import { statfs } from 'node:fs/promises';
import { portalAddress } from '../certificates/address.service.ts';
import type { Context } from '../kernel/context.ts';
import { version } from '../kernel/version.ts';
import { troubleOf, type PhoneHealth } from '../devices/device-trouble.ts';
import type { DeviceTrouble } from '../devices/devices.contract.ts';
import { isEnding } from '../devices/lease.ts';
import { storedMail } from '../mail/mail-settings.ts';
import { portalSettings } from '../portal/portal-settings.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import { getSetup } from '../setup/setup.service.ts';
import { healthOf, type Facts } from './health.ts';
import type { DeskStatus } from './insights.contract.ts';
import {
  activeDevices,
  activeMemberCount,
  activeServerCertificate,
  companyCount,
  contactCount,
  failedMailCount,
  missedCallCount,
  newestBackup,
  openTicketCount,
  ticketEventsByDay,
  unreadableNumberCount,
  waitingMailCount,
  waitingTicketCount,
} from './insights.queries.ts';

const day = 86_400_000;
const chartDays = 14;

type Counter = Parameters<typeof countOf>[1];

async function countOf(ctx: Context, read: typeof contactCount): Promise<number> {
  return Number((await ctx.hot.first(read, {}))?.count ?? 0);
}

async function counts(ctx: Context, reads: readonly Counter[]): Promise<number[]> {
  return Promise.all(reads.map((read) => countOf(ctx, read)));
}

/** Opened and closed tickets of the last 14 days, oldest first, days with nothing included. */
async function ticketsByDay(ctx: Context): Promise<DeskStatus['ticketsByDay']> {
  const days = Array.from({ length: chartDays }, (_, back) => new Date(ctx.now().getTime() - (chartDays - 1 - back) * day).toISOString().slice(0, 10));
  const rows = await ctx.hot.all(ticketEventsByDay, { since: days[0] ?? '' });
  const countedOn = (date: string, kind: string): number => Number(rows.find((row) => row.day === date && row.kind === kind)?.count ?? 0);
  return days.map((date) => ({ day: date, opened: countedOn(date, 'ticket-opened'), closed: countedOn(date, 'ticket-closed') }));
}

type ActiveDevice = PhoneHealth & { readonly platform: string };

/** How the phones are, each counted by the worst of what is wrong with it. */
function phonesOf(devices: readonly ActiveDevice[], at: Parameters<typeof troubleOf>[1]): Facts['phones'] {
  const troubles = devices.map((device) => troubleOf(device, at));
  const count = (...some: readonly (DeviceTrouble | null)[]) => troubles.filter((trouble) => some.includes(trouble)).length;
  const ending = devices.filter((device) => isEnding(device, at.now));
  return {
    active: devices.length,
    silent: count('silent'),
    waiting: count('never-read', 'not-ticked', 'account-stopped'),
    // What ends soon, or meets a certificate it does not know, is current until then.
    inSync: count(null, 'lease-ending', 'old-certificate'),
    ending: ending.length,
    endingIphones: ending.filter(({ platform }) => platform === 'ios').length,
    shared: count('account-shared'),
  };
}

/** The state of the whole desk: what home and the tray show. */
export async function getStatus(ctx: Context): Promise<DeskStatus> {
  const now = ctx.now();
  const [company, portal, mail, address, setup, devices, certificate, backup, missed, disk] = await Promise.all([
    readSettings(ctx, companySettings),
    readSettings(ctx, portalSettings),
    readSettings(ctx, storedMail),
    portalAddress(ctx),
    getSetup(ctx),
    ctx.hot.all(activeDevices, {}),
    ctx.hot.first(activeServerCertificate, {}),
    ctx.hot.first(newestBackup, {}),
    ctx.hot.first(missedCallCount, { since: new Date(now.getTime() - day).toISOString() }),
    statfs(ctx.folder.root),
  ]);
  const [contacts = 0, companies = 0, openTickets = 0, waitingForTeam = 0, members = 0, unreadableNumbers = 0, failed = 0, waiting = 0] = await counts(ctx, [
    contactCount,
    companyCount,
    openTicketCount,
    waitingTicketCount,
    activeMemberCount,
    unreadableNumberCount,
    failedMailCount,
    waitingMailCount,
  ]);
  const phones = phonesOf(devices, { now, certificate: certificate?.fingerprint });
  const portalUrl = `${address.origin}/${portal.slug}/`;

  return {
    version,
    companyName: company.name,
    isSetUp: setup.finishedAt !== null,
    parts: healthOf({
      now,
      portal: { isOn: portal.isOn, url: portalUrl },
      certificate: certificate === undefined ? undefined : { notAfter: certificate.not_after, origin: certificate.origin },
      phones,
      mail: { isSet: mail.smtp !== null, waiting, failed },
      disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
      backup: backup === undefined ? undefined : { at: backup.created_at, isVerified: backup.is_verified === 1, error: backup.error },
      unreadableNumbers,
    }),
    counts: {
      contacts,
      companies,
      openTickets,
      waitingForTeam,
      members,
      phones: devices.length,
      phonesInSync: phones.inSync,
      missedCallsToday: Number(missed?.count ?? 0),
      unreadableNumbers,
    },
    ticketsByDay: await ticketsByDay(ctx),
    portalUrl: portal.isOn ? portalUrl : null,
    at: now.toISOString(),
  };
}
