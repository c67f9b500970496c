import { leaseStateOf } from '../devices/lease.ts';
import { isBehind, projectDirectories } from '../devices/directory-projection.service.ts';
import { serverName } from '../devices/devices.service.ts';
import { inTransaction, type Context } from '../kernel/context.ts';
import { batchOfToken, bookDirectory, davDevice, turnCardsOn, type BookRow, type DavDeviceRow } from './carddav.queries.ts';
import { bookHref, homeHref, principalHref, principalsHref } from './dav-paths.ts';
import type { DavView } from './dav-properties.ts';
import { formatSyncToken, readSyncToken, type SyncPlace } from './sync-token.ts';

/** The one address book of the phone that asks, as it is now. */
export interface AddressBook {
  readonly device: DavDeviceRow;
  /** Undefined while the phone is being wiped, or once its lease is over: the book is there and empty. */
  readonly directory: BookRow | undefined;
  readonly token: string;
  readonly view: DavView;
}

/** What a request is for: a poll asks whether anything changed, a listing what is there, anything else one or more cards. */
export type Purpose = 'poll' | 'listing' | 'cards';

/**
 * How long a request may wait for the book to catch up with changes just made. A phone that lists comes back in hours, and
 * had better get everything; a poll that is too early is told at the next.
 */
const catchUpMilliseconds: Readonly<Record<Purpose, number>> = { poll: 60, listing: 2000, cards: 60 };
/** As above, until the cards are built for the first time; what is not there by then comes as a change. */
const firstBuildMilliseconds: Readonly<Record<Purpose, number>> = { poll: 60, listing: 8000, cards: 8000 };

export interface OpenBook {
  readonly isMinimal: boolean;
  readonly purpose: Purpose;
}

async function findBook(ctx: Context): Promise<{ readonly device: DavDeviceRow; readonly directory: BookRow | undefined } | undefined> {
  const device = await ctx.hot.first(davDevice, { id: ctx.actor.id });
  if (device === undefined) return undefined;
  const isOver = leaseStateOf(device, ctx.now()) === 'over';
  const directory = device.directory_id === null || isOver ? undefined : await ctx.hot.first(bookDirectory, { id: device.directory_id });
  return { device, directory };
}

/** The book of the phone that asks, up to date; undefined when the phone is gone. */
export async function openBook(ctx: Context, { isMinimal, purpose }: OpenBook): Promise<AddressBook | undefined> {
  let found = await findBook(ctx);
  const { directory } = found ?? {};
  const isNew = directory?.cards_state === 'off';
  if (isNew) await inTransaction(ctx, (ctx) => turnCardsOn(ctx.db, directory.id));
  const isBuilt = directory === undefined || (directory.state === 'ready' && directory.cards_state === 'ready');
  if (isNew || (await isBehind(ctx))) {
    await projectDirectories(ctx, (isBuilt ? catchUpMilliseconds : firstBuildMilliseconds)[purpose]);
    found = await findBook(ctx);
  }
  if (found === undefined) return undefined;
  const token = tokenOf(found.device, found.directory);
  const { id } = found.device;
  return {
    ...found,
    token,
    view: {
      principals: principalsHref,
      principal: principalHref(id),
      home: homeHref(id),
      book: bookHref(id),
      accountId: id,
      accountName: found.device.name,
      bookName: await serverName(ctx),
      ctag: token,
      syncToken: token,
      isMinimal,
    },
  };
}

function tokenOf(device: DavDeviceRow, directory: BookRow | undefined): string {
  return formatSyncToken({ epoch: device.epoch, directoryId: directory?.id ?? 0, seq: directory?.cards_seq ?? 0, place: undefined });
}

/** The token for a client that read up to a card only. */
export function tokenAt({ device, directory }: AddressBook, seq: number, place: SyncPlace['place']): string {
  return formatSyncToken({ epoch: device.epoch, directoryId: directory?.id ?? 0, seq, place });
}

/**
 * The place a client's token stands for; undefined when it was given for other contacts, before a wipe, too long ago,
 * or not by this desk. The client then reads everything again, and drops what it does not find.
 */
export async function placeOfToken(ctx: Context, { device, directory }: AddressBook, token: string): Promise<SyncPlace | undefined> {
  const place = readSyncToken(token);
  const newest = directory?.cards_seq ?? 0;
  if (place === undefined || place.epoch !== device.epoch || place.directoryId !== (directory?.id ?? 0) || place.seq > newest) return undefined;
  const isKept = place.seq === newest || (await ctx.hot.first(batchOfToken, { seq: place.seq })) !== undefined;
  return isKept ? place : undefined;
}
