import { networkInterfaces } from 'node:os';
import QRCode from 'qrcode';
import { recordAct } from '../audit/audit.service.ts';
import { rememberRevocation } from '../backups/revocation-ledger.ts';
import { authorityFingerprint } from '../certificates/certificates.service.ts';
import { plainAddress } from '../kernel/client-address.ts';
import { NotFound } from '../kernel/app-error.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { shownText } from '../kernel/shown-text.ts';
import { hashSecret, newSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import { ensureOwner, getAgent } from '../team/team.service.ts';
import { readDeskAddress } from './desk-address.service.ts';
import { PhoneScope, type Pairing, type PairingInput, type PairingStarted } from './devices.contract.ts';
import { isSameNetwork } from './network.ts';
import { lockedUntil, refuseWhileLocked } from './pairing-lock.service.ts';
import { LinkTooLong, PairingMovedOn, TooManyPairings } from './pairing.errors.ts';
import { longestLink, mostPairings, pairingLink, pairingTimes } from './pairing.ts';
import {
  countRunning,
  deletePairingsBefore,
  expirePairings,
  findPairing,
  insertPairing,
  movePairing,
  pairingById,
  runningStates,
  type PairingRow,
} from './pairings.queries.ts';
import { checkScope } from './scope.service.ts';

/** `seconds` from now, as it is stored. */
export function isoIn(ctx: Context, seconds: number): string {
  return new Date(ctx.now().getTime() + seconds * 1000).toISOString();
}

/** The addresses of this PC, each with its network. */
export function ownNetworks() {
  return Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
}

function isRunning(state: string): boolean {
  return runningStates.some((running) => running === state);
}

async function toPairing(ctx: Context, row: PairingRow): Promise<Pairing> {
  const isLate = isRunning(row.state) && row.expires_at <= isoNow(ctx);
  const claim =
    row.claim_id === null
      ? null
      : {
          // The phone chose it: what could turn the line round or hide is left out. The digits depend on what it sent.
          name: shownText(row.claimed_name ?? ''),
          // Both columns are written from the contract's values only.
          platform: row.claimed_platform as NonNullable<Pairing['claim']>['platform'],
          userAgent: shownText(row.claimed_user_agent ?? ''),
          ip: row.claimed_ip ?? '',
          isSameNetwork: isSameNetwork(row.claimed_ip ?? '', ownNetworks()),
          code: row.code ?? '',
        };
  return {
    id: row.id,
    deviceName: row.device_label,
    state: isLate ? 'expired' : (row.state as Pairing['state']),
    expiresAt: row.expires_at,
    claim,
    allowsOtherNetworks: row.allows_other_networks === 1,
    refusedIp: row.refused_ip,
    lockedUntil: await lockedUntil(ctx),
    deviceId: row.device_id,
  };
}

/** Tells the open screens of agents. What is secret stays out: they ask for the rest. */
export function announcePairing(ctx: Context, row: Pick<PairingRow, 'id' | 'state'>): Promise<void> {
  return publish(ctx, { audience: 'agents', kind: 'pairing', payload: { id: row.id, state: row.state } });
}

/** The scope a pairing gives its phone, as it was checked when the pairing started. */
export function scopeOf(row: PairingRow): PhoneScope {
  return PhoneScope.parse(JSON.parse(row.scope));
}

/**
 * Opens a pairing: five minutes in which one phone may claim it. `approvesItself` is for whoever holds the data folder
 * and started it on the command line.
 * @throws TooManyPairings, PairingLocked, LinkTooLong, InvalidInput
 */
export async function startPairing(ctx: Context, input: PairingInput, options: { readonly approvesItself?: boolean } = {}): Promise<PairingStarted> {
  await refuseWhileLocked(ctx);
  const desk = await readDeskAddress(ctx);
  const token = newSecret(130);
  const { url, typedAddress } = pairingLink(desk, token);
  if (url.length > longestLink) throw new LinkTooLong(desk.hostName);

  const id = newId();
  const expiresAt = isoIn(ctx, pairingTimes.toClaim);
  await inTransaction(ctx, async (ctx) => {
    const scope = await checkScope(ctx, input.scope);
    const agent = await getAgent(ctx, input.agentId ?? (ctx.actor.kind === 'agent' ? ctx.actor.id : (await ensureOwner(ctx)).id));
    if ((await countRunning(ctx.db, isoNow(ctx))) >= mostPairings) throw new TooManyPairings(mostPairings);
    await insertPairing(ctx.db, {
      id,
      token_hash: hashSecret(token),
      device_label: input.deviceName,
      agent_id: agent.id,
      scope: JSON.stringify(scope),
      approves_itself: options.approvesItself === true ? 1 : 0,
      allows_other_networks: input.allowOtherNetworks ? 1 : 0,
      lease_days: input.leaseDays,
      state: 'open',
      created_at: isoNow(ctx),
      expires_at: expiresAt,
      claim_id: null,
      claimed_name: null,
      claimed_platform: null,
      claimed_user_agent: null,
      claimed_ip: null,
      code: null,
      device_id: null,
      refused_ip: null,
      claimed_at: null,
    });
    await recordAct(ctx, {
      action: 'pairing.started',
      target: { kind: 'pairing', id, name: input.deviceName },
      detail: { agent: agent.name, scope, approvesItself: options.approvesItself === true, allowsOtherNetworks: input.allowOtherNetworks },
    });
    await announcePairing(ctx, { id, state: 'open' });
  });

  const qrSvg = await QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  return { id, url, token, qrSvg, typedAddress, expiresAt, authorityFingerprint: desk.bootstrapOrigin === null ? null : await authorityFingerprint(ctx) };
}

export async function getPairing(ctx: Context, id: string): Promise<Pairing> {
  const row = await ctx.hot.first(pairingById, { id });
  if (row === undefined) throw new NotFound('This pairing');
  return toPairing(ctx, row);
}

/** Sees to it that an older backup does not open the pairing again: its token may be known to somebody. */
export function closeForGood(ctx: Context, id: string): Promise<void> {
  return rememberRevocation(ctx, id);
}

interface Move {
  readonly from: readonly PairingRow['state'][];
  readonly set: Parameters<typeof movePairing>[2]['set'];
  readonly action: string;
}

function decide(ctx: Context, id: string, move: Move): Promise<Pairing> {
  return inTransaction(ctx, async (ctx) => {
    const moved = await movePairing(ctx.db, id, { from: move.from, now: isoNow(ctx), set: move.set });
    if (moved === undefined) {
      const row = await findPairing(ctx.db, id);
      if (row === undefined) throw new NotFound('This pairing');
      throw new PairingMovedOn((await toPairing(ctx, row)).state);
    }
    if (!isRunning(moved.state)) await closeForGood(ctx, id);
    await recordAct(ctx, {
      action: move.action,
      target: { kind: 'pairing', id, name: moved.device_label },
      detail: moved.claimed_ip === null ? {} : { platform: moved.claimed_platform, ip: plainAddress(moved.claimed_ip) },
    });
    await announcePairing(ctx, moved);
    return toPairing(ctx, moved);
  });
}

/** The manager says that both show the same digits. Only now can the phone get its keys. */
export function approvePairing(ctx: Context, id: string): Promise<Pairing> {
  return decide(ctx, id, { from: ['claimed'], set: { state: 'approved', expires_at: isoIn(ctx, pairingTimes.toFetch) }, action: 'pairing.approved' });
}

/** The manager says that the digits differ, or that it is the wrong phone. The code is void. */
export function declinePairing(ctx: Context, id: string): Promise<Pairing> {
  return decide(ctx, id, { from: ['claimed', 'approved'], set: { state: 'declined' }, action: 'pairing.declined' });
}

export function cancelPairing(ctx: Context, id: string): Promise<Pairing> {
  return decide(ctx, id, { from: runningStates, set: { state: 'cancelled' }, action: 'pairing.cancelled' });
}

/** Lets the waiting phone in although it is on another network; it may try again with the same code. */
export function allowOtherNetworks(ctx: Context, id: string): Promise<Pairing> {
  return decide(ctx, id, { from: ['open'], set: { allows_other_networks: 1, refused_ip: null }, action: 'pairing.opened-to-other-networks' });
}

const rememberedDays = 7;

/** Closes pairings that ran out of time, and forgets old ones. */
export async function closeLatePairings(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    for (const row of await expirePairings(ctx.db, isoNow(ctx))) await announcePairing(ctx, row);
    await deletePairingsBefore(ctx.db, isoIn(ctx, -rememberedDays * 86_400));
  });
}
