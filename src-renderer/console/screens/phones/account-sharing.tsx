import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import type { Device } from '#server/devices/devices.contract.ts';
import { deviceQuery, dismissSharing, stopAccount } from '../../../api/devices.ts';
import { problemSentence } from '../../../api/problem.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import styles from './account-sharing.module.css';

const acts = { stop: stopAccount, dismiss: dismissSharing } as const;

/** Above all else on a phone's page: its account seems to be used by two, and what can be done about it. */
export function AccountSharing({ device }: { readonly device: Device }) {
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (which: keyof typeof acts) => acts[which](device.id),
    async onSuccess(saved, which) {
      queries.setQueryData(deviceQuery(device.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['devices'] });
      showToast(which === 'stop' ? 'The account is stopped. Its owner loads it again on Doorline’s page.' : `Said to be one phone: ${device.name}`);
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const { accountSharing } = device;
  if (accountSharing === null) return null;
  const running = act.isPending ? act.variables : undefined;
  return (
    <section className={styles.sharing} aria-labelledby="account-sharing">
      <ShieldAlert size={20} aria-hidden="true" />
      <div className={styles.words}>
        <h2 id="account-sharing" className={styles.title}>
          Somebody else may be reading its contacts
        </h2>
        <p>{accountSharing.sentence}</p>
        <p className={styles.when}>
          Seen last <RelativeTime at={accountSharing.at} />.
        </p>
        <div className={styles.acts}>
          <Button color="red" variant="filled" loading={running === 'stop'} disabled={running === 'dismiss'} onClick={() => act.mutate('stop')}>
            Stop the account
          </Button>
          <Button loading={running === 'dismiss'} disabled={running === 'stop'} onClick={() => act.mutate('dismiss')}>
            It is one phone
          </Button>
        </div>
      </div>
    </section>
  );
}
