import type { Device } from '#server/devices/devices.contract.ts';
import { CheckList, type CheckLine } from '../../../ui/check-list.tsx';
import { dayOf, exactTime } from '../../../ui/time.ts';
import { clientName, roadsOf } from './phone-words.ts';

function pageLine({ pageErasedAt }: Device): CheckLine {
  if (pageErasedAt !== null) return { key: 'page', state: 'ok', message: `Doorline’s page on it removed everything: ${exactTime(pageErasedAt)}` };
  return {
    key: 'page',
    state: 'failed',
    message:
      'Doorline’s page on it has not confirmed. It removes what it holds when it is opened in reach of this PC, and by itself when it is opened after a week without it.',
  };
}

/** How a phone that never comes back loses its contacts. */
function lastResort({ platform, leaseEndsAt, leaseEndedBy }: Device): string {
  if (leaseEndsAt !== null && leaseEndedBy === 'phone') return `If it never comes back, the iPhone drops them on ${dayOf(leaseEndsAt)}, when its account ends.`;
  return platform === 'ios'
    ? 'If it never comes back, erase it with Apple’s Find My.'
    : 'If it never comes back, use the remote wipe of its maker or of Google.';
}

function bookLine(device: Device): CheckLine | undefined {
  const { addressBook } = device;
  if (addressBook === null) return undefined;
  if (addressBook.emptiedAt !== null) {
    return { key: 'book', state: 'ok', message: `${clientName(addressBook.client)} fetched the empty address book: ${exactTime(addressBook.emptiedAt)}` };
  }
  const cards = addressBook.cards.toLocaleString('en');
  return {
    key: 'book',
    state: 'failed',
    message: `Its contacts app has not confirmed: ${cards} cards are still on the phone, until it next syncs in reach of this PC. ${lastResort(device)}`,
  };
}

/** What a phone that is being wiped has confirmed, by each way its contacts came, and what it has not. */
export function WipeProgress({ device }: { readonly device: Device }) {
  const { all } = roadsOf(device);
  const lines = [all.includes('page') ? pageLine(device) : undefined, bookLine(device)].filter((line) => line !== undefined);
  const nothing: CheckLine = { key: 'nothing', state: 'ok', message: 'It never asked for any contact, so there is nothing on it.' };
  return <CheckList label="What it has confirmed" lines={lines.length === 0 ? [nothing] : lines} />;
}
