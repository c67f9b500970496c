import { Tooltip } from '@mantine/core';
import type { Device, DeviceTrouble } from '#server/devices/devices.contract.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { roadsOf } from './phone-words.ts';

interface StateWords {
  readonly words: string;
  readonly tone: Tone;
  readonly explains: string;
}

/** A phone's state in a word, with what it means on hover. */
export function DeviceStateChip({ device }: { readonly device: Device }) {
  const { words, tone, explains } = stateOf(device);
  return (
    <Tooltip label={explains} multiline maw={320}>
      <span>
        <Chip tone={tone} dot={device.state === 'active'}>
          {words}
        </Chip>
      </span>
    </Tooltip>
  );
}

function wipingState(device: Device): StateWords {
  const { all, left } = roadsOf(device);
  if (left.length > 0 && left.length < all.length) {
    const explains =
      left[0] === 'page'
        ? 'To be wiped: its contacts app fetched the empty address book, but Doorline’s page on it has not confirmed yet.'
        : 'To be wiped: Doorline’s page on it removed everything, but its contacts app has not fetched the empty address book yet.';
    return { words: 'Partly confirmed', tone: 'bad', explains };
  }
  return { words: 'Not confirmed', tone: 'bad', explains: 'To be wiped: the contacts are still on the phone until it next reaches this PC.' };
}

const troubles: Readonly<Record<DeviceTrouble, StateWords>> = {
  'account-shared': { words: 'Account shared', tone: 'bad', explains: 'Two readers use its account: somebody else may have its password.' },
  'not-ticked': {
    words: 'Not ticked',
    tone: 'warn',
    explains: 'It is signed in, but the address book is not ticked. On the phone, open DAVx5, the account, and tick the address book under CardDAV.',
  },
  'lease-over': {
    words: 'Lease over',
    tone: 'warn',
    explains: 'It gets no contacts until its owner renews them on Doorline’s page, under This phone.',
  },
  'account-stopped': {
    words: 'Account stopped',
    tone: 'warn',
    explains: 'Its address book is refused until its owner loads the account again on Doorline’s page.',
  },
  'never-read': { words: 'Never synced', tone: 'warn', explains: 'It is paired but has not fetched its contacts. Open Doorline’s page on it.' },
  silent: {
    words: 'Silent for 2 days',
    tone: 'warn',
    explains: 'It did not sync for more than 48 hours. Open Doorline’s page on it while it is on this network.',
  },
  'old-certificate': {
    words: 'Old certificate',
    tone: 'warn',
    explains: 'It has not been back since the certificate was renewed. A phone that accepted the old one by hand must accept the new one.',
  },
  'lease-ending': { words: 'Ends soon', tone: 'warn', explains: 'The contacts leave it soon. Its owner renews them on Doorline’s page, under This phone.' },
};

export function stateOf(device: Device): StateWords {
  if (device.state === 'revoked') return { words: 'Ended', tone: 'quiet', explains: 'It gets nothing any more. What is on it stays on it.' };
  if (device.state === 'wiped') return { words: 'Wiped', tone: 'quiet', explains: 'The phone confirmed that it removed all contacts.' };
  if (device.state === 'wiping') return wipingState(device);
  if (device.trouble !== null) return { ...troubles[device.trouble], ...(device.accountSharing === null ? {} : { explains: device.accountSharing.sentence }) };
  if (device.contactsInScope === 0 && device.settings.callerId)
    return { words: 'No contacts', tone: 'warn', explains: 'None of the contacts it is to get can be shown on a phone. Look at “Which contacts it gets”.' };
  if (device.changesBehind > 0) return { words: 'Behind', tone: 'on', explains: 'There are changes it has not fetched yet; it does by itself.' };
  return { words: 'In sync', tone: 'on', explains: 'It has everything.' };
}
