import { confirmEmptied } from '../devices/device-end.service.ts';
import { announceDevice } from '../devices/devices.service.ts';
import { leaseEnd } from '../devices/lease.ts';
import { plainAddress } from '../kernel/client-address.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import type { AddressBook } from './address-book.service.ts';
import { noteOnDevice } from './carddav.queries.ts';
import type { DavAnswer } from './dav-answer.ts';

/** Who asked, as far as the network shows. */
export interface DavVisitor {
  readonly ip: string;
  readonly userAgent: string;
  /** Fingerprint of the certificate the answer is sent under. */
  readonly certificate: string;
}

const noteEverySeconds = 60;

/** What is new about the phone. Times alone are no news within a minute, so that a poll usually writes nothing. */
function newsOf(ctx: Context, { device, directory }: AddressBook, { answer, visitor }: { readonly answer: DavAnswer; readonly visitor: DavVisitor }) {
  const now = isoNow(ctx);
  const staleBefore = new Date(ctx.now().getTime() - noteEverySeconds * 1000).toISOString();
  const isStale = (at: string | null) => at === null || at < staleBefore;
  const ip = plainAddress(visitor.ip);
  const isUpToDate = device.dav_synced_seq !== 0 && device.dav_synced_seq === directory?.cards_seq;
  const read = answer.read ?? (isUpToDate && answer.isBookSeen === true ? { seq: device.dav_synced_seq, cards: device.dav_cards_synced } : undefined);
  const isReadAnew = read !== undefined && (read.seq !== device.dav_synced_seq || read.cards !== device.dav_cards_synced);
  return {
    ...(device.dav_first_seen_at === null ? { dav_first_seen_at: now } : {}),
    // An account made with the password of the pairing has no lease yet.
    ...(device.dav_first_seen_at === null && device.lease_ends_at === null ? { lease_ends_at: leaseEnd(device.lease_days, ctx.now()) } : {}),
    ...(device.dav_book_seen_at === null && answer.isBookSeen === true ? { dav_book_seen_at: now } : {}),
    ...(device.seen_certificate === visitor.certificate ? {} : { seen_certificate: visitor.certificate }),
    ...(isStale(device.last_seen_at) || device.last_ip !== ip || device.dav_user_agent === null
      ? { last_seen_at: now, last_ip: ip, dav_user_agent: visitor.userAgent.slice(0, 300) }
      : {}),
    ...(read !== undefined && (isReadAnew || isStale(device.dav_synced_at))
      ? { dav_synced_at: now, dav_synced_seq: read.seq, dav_cards_synced: read.cards }
      : {}),
  };
}

/** A phone whose lease is over holds nothing any more once it was shown the empty book. */
function emptied(ctx: Context, { device }: AddressBook, answer: DavAnswer) {
  const isNews = answer.isEmptied === true && device.state === 'active' && device.dav_emptied_at === null;
  return isNews ? { dav_emptied_at: isoNow(ctx), dav_synced_seq: 0, dav_cards_synced: 0 } : {};
}

/** Keeps what the console shows of the phone's address book, and ends a wipe once the phone was shown the empty book. */
export async function noteAnswer(ctx: Context, book: AddressBook, seen: { readonly answer: DavAnswer; readonly visitor: DavVisitor }): Promise<void> {
  const { device } = book;
  const news = { ...newsOf(ctx, book, seen), ...emptied(ctx, book, seen.answer) };
  const isEmptied = seen.answer.isEmptied === true && device.state === 'wiping' && device.dav_emptied_at === null;
  if (Object.keys(news).length === 0 && !isEmptied) return;
  await inTransaction(ctx, async (ctx) => {
    if (Object.keys(news).length > 0) await noteOnDevice(ctx.db, device.id, news);
    if (isEmptied) await confirmEmptied(ctx);
    else if ('dav_first_seen_at' in news || 'dav_book_seen_at' in news || 'dav_synced_seq' in news) await announceDevice(ctx, device);
  });
}
