import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive } from 'lucide-react';
import type { Backup } from '#server/backups/backups.contract.ts';
import { backupsQuery, makeBackup } from '../../../api/backups.ts';
import { desktop } from '../../../api/desktop.ts';
import { problemSentence } from '../../../api/problem.ts';
import { byteSize } from '../../../ui/bytes.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import styles from './backups.module.css';
import { SettingsPage } from './settings-page.tsx';

/** Copies of everything: one each night, and one whenever one wants. */
export function BackupsScreen() {
  const queries = useQueryClient();
  const backups = useQuery(backupsQuery);
  const make = useMutation({
    mutationFn: makeBackup,
    onSuccess: (backup) => {
      void queries.invalidateQueries({ queryKey: backupsQuery.queryKey });
      void queries.invalidateQueries({ queryKey: ['status'] });
      if (backup.error === null) showToast('Backed up and verified.');
      else showProblemToast(backup.error);
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const action = (
    <Button variant="filled" loading={make.isPending} onClick={() => make.mutate()}>
      Back up now
    </Button>
  );
  return (
    <SettingsPage title="Backups" actions={action}>
      <p className={styles.lead}>
        One is made each night while the desk goes on working, and read back to see that it is good. Copy the newest to another disk now and then. To restore,
        stop Doorline and run <code>npx doorline restore FILE --data DIR</code>.
      </p>
      <Loaded query={backups} failed="The backups could not be read" skeleton={<ListSkeleton rows={4} height={60} />}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={Archive} title="No backup yet" action={action}>
              Each backup stands here with its place on this PC, its size, and whether it was read back.
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {list.map((backup) => (
                <BackupRow key={backup.id} backup={backup} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </SettingsPage>
  );
}

function BackupRow({ backup }: { readonly backup: Backup }) {
  const power = desktop();
  return (
    <li>
      <div className={styles.text}>
        <span className={styles.name}>{backup.fileName}</span>
        <span className={styles.detail} title={backup.filePath}>
          <RelativeTime at={backup.createdAt} /> · {byteSize(backup.byteSize)} · {backup.filePath}
        </span>
        {backup.error === null ? null : <span className={styles.error}>{backup.error}</span>}
      </div>
      {backup.isVerified ? <Chip tone="on">verified</Chip> : <Chip tone="bad">not good</Chip>}
      {power === undefined ? null : (
        <Button size="xs" onClick={() => void power.request('show-in-folder', backup.filePath)} aria-label={`Show ${backup.fileName} in its folder`}>
          Show in folder
        </Button>
      )}
    </li>
  );
}
