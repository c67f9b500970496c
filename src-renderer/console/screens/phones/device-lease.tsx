import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Device, DevicePatch } from '#server/devices/devices.contract.ts';
import { askForRenewal, deviceQuery } from '../../../api/devices.ts';
import { problemSentence } from '../../../api/problem.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { RecordPart } from '../people/record-page.tsx';
import styles from './device-lease.module.css';
import { LeaseField } from './lease-field.tsx';

/** What the end of a lease does, by who ends it. */
const hints: Readonly<Record<Device['leaseEndedBy'], string>> = {
  phone: 'A lost iPhone drops the contacts even if it never comes back. Another time counts from when its owner loads the account again.',
  desk: 'Then it finds an empty address book and drops the contacts at its next sync. A phone that never comes back keeps them. Another time counts from today.',
};

interface DeviceLeaseProps {
  readonly device: Device;
  readonly onSave: (patch: DevicePatch) => Promise<void>;
}

/** How long contacts stay on a phone that nobody renews, when they leave, and what can be done then. */
export function DeviceLease({ device, onSave }: DeviceLeaseProps) {
  const { leaseDays, leaseEndsAt, leaseEndedBy } = device;
  const save = (days: number | null) => onSave({ leaseDays: days }).catch((error: unknown) => showProblemToast(problemSentence(error)));
  return (
    <RecordPart title="The contacts leave the phone by themselves">
      <div className={styles.lease}>
        <LeaseField label="When nobody renews them" hint={hints[leaseEndedBy]} days={leaseDays} onChange={(days) => void save(days)} />
        {leaseEndsAt === null ? null : (
          <p className={styles.end} data-state={device.leaseState}>
            <span>{endInWords(device, leaseEndsAt)}</span>
            <Renewal device={device} onRenew={() => save(leaseDays)} />
          </p>
        )}
      </div>
    </RecordPart>
  );
}

function endInWords({ leaseState, leaseEndedBy, addressBook }: Device, endsAt: string): ReactNode {
  const when = <RelativeTime at={endsAt} />;
  if (leaseState !== 'over') return leaseEndedBy === 'phone' ? <>The account on it ends {when}.</> : <>They leave it {when}.</>;
  if (leaseEndedBy === 'phone') return <>The account on it ended {when}.</>;
  const emptiedAt = addressBook?.emptiedAt ?? null;
  if (emptiedAt === null) return <>The lease ended {when}, but the phone was not back since: the contacts are still on it.</>;
  return (
    <>
      The lease ended {when}; the contacts left the phone <RelativeTime at={emptiedAt} />.
    </>
  );
}

/** Only its owner renews an iPhone; where the desk ends the lease, the manager may do so too. */
function Renewal({ device, onRenew }: { readonly device: Device; readonly onRenew: () => Promise<void> }) {
  const queries = useQueryClient();
  const renew = useMutation({ mutationFn: onRenew });
  const ask = useMutation({
    mutationFn: () => askForRenewal(device.id),
    onSuccess: (asked) => queries.setQueryData(deviceQuery(device.id).queryKey, asked),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const isRenewable = device.leaseEndedBy === 'desk' && !device.isAccountStopped;
  return (
    <span className={styles.acts}>
      {isRenewable ? (
        <Button loading={renew.isPending} onClick={() => renew.mutate()}>
          Renew it now
        </Button>
      ) : null}
      {device.leaseRenewalAskedAt === null ? (
        <Button loading={ask.isPending} onClick={() => ask.mutate()}>
          Ask for a renewal
        </Button>
      ) : (
        <span className={styles.asked}>
          Renewal asked for <RelativeTime at={device.leaseRenewalAskedAt} />. The phone page says so.
        </span>
      )}
    </span>
  );
}
