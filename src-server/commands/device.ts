import QRCode from 'qrcode';
import { refreshAddress } from '../certificates/address.service.ts';
import { dataFolderOf, readFlags, WrongUsage } from '../config/flags.ts';
import { revokeDevice } from '../devices/device-end.service.ts';
import { PairingInput, type Device } from '../devices/devices.contract.ts';
import { listDevices } from '../devices/device-list.service.ts';
import { startPairing } from '../devices/pairings.service.ts';
import type { Context } from '../kernel/context.ts';
import { shownText } from '../kernel/shown-text.ts';
import { openDesk } from './open-desk.ts';
import type { Output } from './output.ts';

const usage = 'Use “device pair --name NAME [--lease-days N|never] [--approve] [--any-network]”, “device list” or “device revoke ID”, each with --data DIR.';

/** Opens the desk beside a running server, does one thing and closes it. */
async function onDesk(dataFolder: string | undefined, work: (ctx: Context, isServerRunning: boolean) => Promise<void>): Promise<number> {
  const desk = await openDesk(dataFolderOf(dataFolder), { mustExist: true });
  try {
    await work(desk.ctx, desk.isServerRunning);
    return 0;
  } finally {
    await desk.close();
  }
}

/** `never` is for ever; anything but a number is refused by the contract, in its words. */
function leaseDaysOf(text: string): number | null {
  return text === 'never' ? null : Number(text.trim() === '' ? 'nothing' : text);
}

function pair(args: readonly string[], out: Output): Promise<number> {
  const { values } = readFlags(args, {
    data: { type: 'string' },
    name: { type: 'string' },
    'lease-days': { type: 'string' },
    approve: { type: 'boolean' },
    'any-network': { type: 'boolean' },
  });
  const input = PairingInput.safeParse({
    deviceName: values.name ?? '',
    allowOtherNetworks: values['any-network'] === true,
    ...(values['lease-days'] === undefined ? {} : { leaseDays: leaseDaysOf(values['lease-days']) }),
  });
  if (!input.success) {
    const [issue] = input.error.issues;
    throw new WrongUsage(`${issue?.path[0] === 'leaseDays' ? '--lease-days' : '--name'}: ${issue?.message ?? 'Give the phone a name.'} ${usage}`);
  }

  return onDesk(values.data, async (ctx, isServerRunning) => {
    // The link pins the certificate, which the first start of the server would make.
    if (!isServerRunning) await refreshAddress(ctx);
    const { url, token, expiresAt } = await startPairing(ctx, input.data, { approvesItself: values.approve === true });
    const picture = out.isJson ? '' : await QRCode.toString(url, { type: 'terminal', small: true, errorCorrectionLevel: 'M' });
    const next =
      values.approve === true
        ? 'The first phone that scans it is let in without asking.'
        : 'Then compare the six digits and approve the phone in the console under Phones.';
    out.result({ url, token, expiresAt }, `${picture}\n${url}\n\nScan this with the phone’s camera within five minutes; it works once.\n${next}`);
    if (!isServerRunning) out.warn('The server is not running: start it before a phone scans this.');
  });
}

function lineOf(device: Device): string {
  const seen = device.lastSeenAt === null ? 'never seen' : `seen ${device.lastSeenAt}`;
  // What would move the terminal's cursor or turn its line round is left out.
  const name = shownText(device.name);
  return `${device.id}  ${device.state.padEnd(8)}  ${name}  (${device.agent.name}, ${device.platform}, ${device.addressBook?.cards ?? 0} cards and ${device.contactsSynced} numbers on it, ${seen})`;
}

function list(args: readonly string[], out: Output): Promise<number> {
  const { values } = readFlags(args, { data: { type: 'string' } });
  return onDesk(values.data, async (ctx) => {
    let cursor: string | undefined;
    let count = 0;
    do {
      const page = await listDevices(ctx, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
      for (const device of page.items) out.result(device, lineOf(device));
      count += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    if (count === 0) out.say('No phone is paired yet. Pair one with “doorline device pair --name NAME --data DIR”.');
  });
}

function revoke(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = readFlags(args, { data: { type: 'string' } }, { names: ['The phone’s ID'] });
  return onDesk(values.data, async (ctx) => {
    const device = await revokeDevice(ctx, positionals[0] ?? '');
    out.result({ id: device.id, state: device.state }, `“${device.name}” is revoked: its next request is refused.`);
  });
}

/** `doorline device pair|list|revoke`: phones, for whoever holds the data folder. Works while the server runs. */
export async function run(args: readonly string[], out: Output): Promise<number> {
  const [act = '', ...rest] = args;
  if (act === 'pair') return pair(rest, out);
  if (act === 'list') return list(rest, out);
  if (act === 'revoke') return revoke(rest, out);
  throw new WrongUsage(usage);
}
