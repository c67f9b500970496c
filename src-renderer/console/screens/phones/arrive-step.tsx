import { Progress } from '@mantine/core';
import type { Device } from '#server/devices/devices.contract.ts';
import { CheckList, type CheckLine } from '../../../ui/check-list.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import styles from './arrive-step.module.css';
import type { PairingModel } from './use-pairing.ts';

/** The contacts on their way to the phone, counted as they arrive. */
export function ArriveStep({ model }: { readonly model: PairingModel }) {
  const { device } = model;
  const synced = device?.contactsSynced ?? 0;
  const wanted = device?.contactsInScope ?? 0;
  const hasAll = hasArrived(model);
  const share = wanted === 0 ? Number(hasAll) : Math.min(1, synced / wanted);
  return (
    <div className={styles.stack}>
      <CheckList
        label="How far the phone is"
        lines={[
          {
            key: 'paired',
            state: device === undefined ? 'running' : 'ok',
            message: device === undefined ? 'Waiting for the phone to fetch its keys' : 'The phone has its keys',
          },
          {
            key: 'contacts',
            state: hasAll ? 'ok' : 'running',
            message: hasAll
              ? `All ${wanted.toLocaleString('en')} numbers are on the phone`
              : `${synced.toLocaleString('en')} of ${wanted.toLocaleString('en')} numbers are on the phone`,
          },
          ...(device === undefined ? [] : [callScreenLine(device)]),
        ]}
      />
      <Progress value={share * 100} size={8} aria-label="Numbers on the phone" />
      {device !== undefined && wanted === 0 ? (
        <p className={styles.quiet}>
          There is no contact with a number to send yet.{' '}
          <ButtonLink to="/imports/new" size="xs">
            Import contacts
          </ButtonLink>
        </p>
      ) : null}
      {hasAll ? null : <p className={styles.quiet}>Keep the page open on the phone until all are there. Later changes follow by themselves.</p>}
    </div>
  );
}

/** How far the phone's own contacts app is, which shows who calls while the page is closed. */
function callScreenLine({ platform, addressBook }: Device): CheckLine {
  const line = (message: string): CheckLine => ({ key: 'call-screen', state: 'running', message });
  if (addressBook === null) return line(`Its own call screen: go through “Caller ID on this phone” on the ${platform === 'ios' ? 'iPhone' : 'phone'}`);
  if (addressBook.bookSeenAt === null) return line('Its own call screen: signed in, the address book is still to be ticked');
  if (addressBook.readAt === null) return line('Its own call screen: signed in, the contacts come next');
  return { key: 'call-screen', state: 'ok', message: `Its own call screen knows ${addressBook.cards.toLocaleString('en')} contacts` };
}

export function hasArrived({ device }: Pick<PairingModel, 'device'>): boolean {
  return device !== undefined && device.lastSyncAt !== null && device.contactsSynced >= device.contactsInScope;
}
