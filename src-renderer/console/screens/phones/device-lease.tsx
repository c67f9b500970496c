import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Device, DevicePatch } from '#server/devices/devices.contract.ts';
import { askForRenewal, deviceQuery } from '../../../api/devices.ts';
import { problemSentence } from '../../../api/problem.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { RecordPart } from '../people/record-page.tsx';
import styles from './device-lease.module.css';

const usual = [7, 30, 90, 180, 365] as const;
const forEver = 'never';

function choices(present: number | null) {
  const days = present === null || usual.some((one) => one === present) ? [...usual] : [...usual, present].toSorted((a, b) => a - b);
  return [...days.map((count) => ({ value: String(count), label: `After ${count} days` })), { value: forEver, label: 'Never' }];
}

/** How long an iPhone keeps the account without renewing it, when that is, and asking its owner to renew. */
export function DeviceLease({ device, onSave }: { readonly device: Device; readonly onSave: (patch: DevicePatch) => Promise<void> }) {
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: () => askForRenewal(device.id),
    onSuccess: (asked) => queries.setQueryData(deviceQuery(device.id).queryKey, asked),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const { leaseDays, leaseEndsAt, leaseRenewalAskedAt } = device;
  return (
    <RecordPart title="Contacts leave the iPhone by themselves">
      <div className={styles.lease}>
        <Select
          label="When nobody renews them"
          description="A lost iPhone drops the contacts even if it never comes back. It counts from the next time the account is loaded."
          allowDeselect={false}
          data={choices(leaseDays)}
          value={leaseDays === null ? forEver : String(leaseDays)}
          onChange={(value) => {
            const patch = { leaseDays: value === forEver ? null : Number(value) };
            void onSave(patch).catch((error: unknown) => showProblemToast(problemSentence(error)));
          }}
        />
        {leaseEndsAt === null ? null : (
          <p className={styles.end}>
            <span>
              The account on it ends <RelativeTime at={leaseEndsAt} />.
            </span>
            {leaseRenewalAskedAt === null ? (
              <Button loading={ask.isPending} onClick={() => ask.mutate()}>
                Ask for a renewal
              </Button>
            ) : (
              <span className={styles.asked}>
                Renewal asked for <RelativeTime at={leaseRenewalAskedAt} />. The phone page says so.
              </span>
            )}
          </p>
        )}
      </div>
    </RecordPart>
  );
}
