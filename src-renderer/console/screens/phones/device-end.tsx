import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Device } from '#server/devices/devices.contract.ts';
import { deviceQuery, revokeDevice, wipeDevice } from '../../../api/devices.ts';
import { problemSentence } from '../../../api/problem.ts';
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { RecordPart } from '../people/record-page.tsx';
import styles from './device-screen.module.css';
import { heldNow } from './phone-words.ts';
import { WipeProgress } from './wipe-progress.tsx';

/** The end of a phone: it leaves the team, or it is lost. */
export function DeviceEnd({ device }: { readonly device: Device }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'revoke' | 'wipe'>();
  const end = useMutation({
    mutationFn: (act: 'revoke' | 'wipe') => (act === 'revoke' ? revokeDevice(device.id) : wipeDevice(device.id)),
    async onSuccess(saved, act) {
      setAsked(undefined);
      queries.setQueryData(deviceQuery(device.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['devices'] });
      showToast(act === 'revoke' ? `${device.name} is refused from now on` : `${device.name} is wiped when it next reaches this PC`);
    },
    onError(error) {
      setAsked(undefined);
      showProblemToast(problemSentence(error));
    },
  });

  if (device.state === 'revoked' || device.state === 'wiped') {
    return (
      <RecordPart title="End">
        <div className={styles.end}>
          {device.wipeRequestedAt === null ? null : <WipeProgress device={device} />}
          <p className={styles.quiet}>
            {device.state === 'wiped'
              ? 'The phone confirmed that it removed all contacts. To use it again, pair it anew.'
              : 'This phone gets nothing any more. What is on it stays on it. To use it again, pair it anew.'}
          </p>
        </div>
      </RecordPart>
    );
  }
  const isWiping = device.state === 'wiping';
  return (
    <RecordPart title={isWiping ? 'Wiping' : 'End'}>
      <div className={styles.end}>
        {isWiping ? (
          <>
            <p className={styles.quiet}>
              Waiting for the phone: it removes all contacts when it next reaches this PC, confirms it, and is refused from then on.
            </p>
            <WipeProgress device={device} />
          </>
        ) : (
          <div>
            <Button color="red" variant="light" onClick={() => setAsked('wipe')}>
              Wipe the lost phone
            </Button>
            <p className={styles.quiet}>Takes the contacts off the phone when it next reaches this PC, then refuses it.</p>
          </div>
        )}
        <div>
          <Button onClick={() => setAsked('revoke')}>Refuse it at once</Button>
          <p className={styles.quiet}>
            {isWiping ? 'Stops waiting: what has not been removed yet stays on it.' : 'For a phone that was handed back. What is on it stays on it.'}
          </p>
        </div>
      </div>
      <ConfirmByName
        isOpen={asked === 'wipe'}
        title="Wipe this phone"
        name={device.name}
        confirmLabel="Wipe"
        isBusy={end.isPending}
        onConfirm={() => end.mutate('wipe')}
        onClose={() => setAsked(undefined)}
      >
        When <bdi>{device.name}</bdi> next reaches this PC, it removes all {heldNow(device) === '' ? 'contacts' : heldNow(device)} and says so here; after that
        it gets nothing. Until then it keeps what it has. This can’t be taken back.
      </ConfirmByName>
      <ConfirmByName
        isOpen={asked === 'revoke'}
        title="Refuse this phone"
        name={device.name}
        confirmLabel="Refuse"
        isBusy={end.isPending}
        onConfirm={() => end.mutate('revoke')}
        onClose={() => setAsked(undefined)}
      >
        The next request of <bdi>{device.name}</bdi> is refused: it gets no contacts, sees no calls and logs none. It can’t be wiped any more after that; to do
        so, wipe it instead. To use it again, pair it anew.
      </ConfirmByName>
    </RecordPart>
  );
}
