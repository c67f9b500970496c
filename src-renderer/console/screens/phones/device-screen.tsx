import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Device, DevicePatch } from '#server/devices/devices.contract.ts';
import { changeDevice, deviceQuery } from '../../../api/devices.ts';
import { problemSentence } from '../../../api/problem.ts';
import { SwitchField } from '../../../ui/fields.tsx';
import { InlineText } from '../../../ui/inline-text.tsx';
import { KeyValue } from '../../../ui/key-value.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { RecordName, RecordPage, RecordPart } from '../people/record-page.tsx';
import { AccountSharing } from './account-sharing.tsx';
import { DeviceEnd } from './device-end.tsx';
import { DeviceLease } from './device-lease.tsx';
import { DeviceScopePart } from './device-scope.tsx';
import { DeviceStateChip } from './device-state.tsx';
import { DeviceTracePart } from './device-trace.tsx';
import styles from './device-screen.module.css';
import { clientName, heldBy, heldNow, lastReadAt, phoneKind, platformName } from './phone-words.ts';

const route = getRouteApi('/phones/$deviceId');
const back = { to: '/phones', label: 'Phones' } as const;

const skeleton = (
  <RecordPage back={back} details={<FormSkeleton />}>
    <FormSkeleton />
  </RecordPage>
);

/** One phone: how it is, what it may do, which contacts it gets, and its end. */
export function DeviceScreen() {
  const { deviceId } = route.useParams();
  const device = useQuery(deviceQuery(deviceId));
  return (
    <Loaded query={device} failed="The phone could not be read" skeleton={skeleton}>
      {(found) => <OpenedDevice key={found.id} device={found} />}
    </Loaded>
  );
}

function OpenedDevice({ device }: { readonly device: Device }) {
  const queries = useQueryClient();
  async function save(patch: DevicePatch): Promise<void> {
    const saved = await changeDevice(device.id, patch);
    queries.setQueryData(deviceQuery(device.id).queryKey, saved);
    await queries.invalidateQueries({ queryKey: ['devices'] });
  }

  const isActive = device.state === 'active';
  return (
    <RecordPage
      back={back}
      aside={<DeviceStateChip device={device} />}
      actions={
        <ButtonLink to="/settings/audit" search={{ target: `device:${device.id}`, targetName: device.name }}>
          Audit log
        </ButtonLink>
      }
      details={<DeviceFacts device={device} onSave={save} />}
    >
      <AccountSharing device={device} />
      {isActive ? (
        <>
          <DeviceSwitchesPart device={device} onSave={save} />
          <DeviceScopePart device={device} onSave={save} />
          <DeviceLease device={device} onSave={save} />
        </>
      ) : null}
      {/* While it is wiped, how far that is comes first. */}
      {device.state === 'wiping' ? <DeviceEnd device={device} /> : null}
      <DeviceTracePart device={device} />
      {device.state === 'wiping' ? null : <DeviceEnd device={device} />}
    </RecordPage>
  );
}

interface PartProps {
  readonly device: Device;
  readonly onSave: (patch: DevicePatch) => Promise<void>;
}

/** What the phone's own contacts app did; left out where it was never signed in. */
function addressBookRows({ addressBook, certificateSeen }: Device): [string, ReactNode][] {
  if (addressBook === null) return [];
  const { client, bookSeenAt, cards, cardsInScope, readAt } = addressBook;
  return [
    ['Address book', `read by ${clientName(client)}`],
    ['Cards on it', bookSeenAt === null ? 'None: the book is not ticked' : `${cards.toLocaleString('en')} of ${cardsInScope.toLocaleString('en')}`],
    ['Cards read', readAt === null ? 'Never' : <RelativeTime key="cards" at={readAt} />],
    ['Certificate', certificateSeen === null ? null : { current: 'Saw the one in use', older: 'Saw an older one' }[certificateSeen]],
  ];
}

/** What Doorline’s page on it did; left out for a phone that only ever read its address book. */
function pageRows(device: Device): [string, ReactNode][] {
  if (device.lastSyncAt === null && device.addressBook !== null) return [];
  return [
    ['Last sync', device.lastSyncAt === null ? 'Never' : <RelativeTime key="sync" at={device.lastSyncAt} />],
    ['Numbers on it', `${device.contactsSynced.toLocaleString('en')} of ${device.contactsInScope.toLocaleString('en')}`],
  ];
}

/** What a phone in use has of its contacts. */
function syncRows(device: Device): [string, ReactNode][] {
  const { changesBehind } = device;
  return [...addressBookRows(device), ...pageRows(device), ['Changes behind', changesBehind === 0 ? 'None' : changesBehind.toLocaleString('en')]];
}

/** What was on a phone whose time is over, for whoever has to say what was lost. */
function endRows(device: Device): [string, ReactNode][] {
  const { state, revokedAt, wipeRequestedAt, wipeConfirmedAt } = device;
  const held = state === 'wiping' ? heldBy(device).join(' and ') : heldNow(device);
  const readAt = lastReadAt(device);
  return [
    [state === 'wiping' ? 'It holds' : 'It held', held === '' || state === 'wiped' ? null : `${held}, with names and companies`],
    ['Read last', readAt === null ? 'Never' : <RelativeTime key="read" at={readAt} />],
    ['Ended', revokedAt === null ? null : <RelativeTime key="revoked" at={revokedAt} />],
    ['Wipe asked for', wipeRequestedAt === null ? null : <RelativeTime key="wipe" at={wipeRequestedAt} />],
    ['Wiped', wipeConfirmedAt === null ? null : <RelativeTime key="wiped" at={wipeConfirmedAt} />],
  ];
}

function DeviceFacts({ device, onSave }: PartProps) {
  return (
    <>
      <RecordName name={device.name}>
        {device.userAgent === null ? platformName(device.platform) : phoneKind(device.platform, device.userAgent)}, carried by <bdi>{device.agent.name}</bdi>
      </RecordName>
      <RecordPart title="Details">
        <KeyValue
          labelWidth={120}
          rows={[
            [
              'Name',
              <InlineText
                key="name"
                label="Name of the phone"
                path="name"
                value={device.name}
                placeholder="Name"
                maxLength={80}
                onSave={(name) => onSave({ name })}
              />,
            ],
            ['Paired', <RelativeTime key="paired" at={device.createdAt} />],
            ['Last seen', device.lastSeenAt === null ? 'Never' : <RelativeTime key="seen" at={device.lastSeenAt} />],
            [
              'From',
              device.lastIp === null ? null : (
                <bdi key="ip" dir="ltr">
                  {device.lastIp}
                </bdi>
              ),
            ],
            ...(device.state === 'active' ? syncRows(device) : endRows(device)),
          ]}
        />
      </RecordPart>
    </>
  );
}

function DeviceSwitchesPart({ device, onSave }: PartProps) {
  const { settings } = device;
  const set = (patch: Partial<Device['settings']>) => void onSave({ settings: patch }).catch((error: unknown) => showProblemToast(problemSentence(error)));
  return (
    <RecordPart title="What it does">
      <div className={styles.switches}>
        <SwitchField
          label="Show who is calling"
          hint="Off: the contacts are taken off the phone at its next sync."
          checked={settings.callerId}
          onChange={(callerId) => set({ callerId })}
        />
        <SwitchField
          label="Ask how a call went"
          hint="After a call: outcome, a note, things to do. Calls made from Doorline’s page always ask."
          checked={settings.outcomeScreen}
          onChange={(outcomeScreen) => set({ outcomeScreen })}
        />
        <SwitchField
          label="Log calls made outside Doorline’s page"
          hint="Incoming ones only when the caller is a contact."
          checked={settings.logCalls}
          onChange={(logCalls) => set({ logCalls })}
        />
        <SwitchField
          label="Show the open deal"
          hint="Its name and amount, under the caller’s name on Doorline’s page."
          checked={settings.showDeal}
          onChange={(showDeal) => set({ showDeal })}
        />
      </div>
    </RecordPart>
  );
}
