import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PortalSettings } from '#server/portal/portal.contract.ts';
import { portalSettingsQuery, savePortalSettings } from '../../../api/portal.ts';
import { problemSentence } from '../../../api/problem.ts';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import styles from './portal-screen.module.css';

/** The one switch that opens or closes the portal, at once. */
export function PortalSwitch({ stored, address }: { readonly stored: PortalSettings; readonly address: string }) {
  const queries = useQueryClient();
  const turn = useMutation({
    mutationFn: (isOn: boolean) => savePortalSettings({ ...stored, isOn }),
    onSuccess: (saved) => {
      queries.setQueryData(portalSettingsQuery.queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['status'] });
      void queries.invalidateQueries({ queryKey: ['setup'] });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const isOn = turn.isPending ? turn.variables : stored.isOn;
  return (
    <div className={styles.switch} data-on={isOn || undefined}>
      <div>
        <h2 className={styles.switchTitle}>{isOn ? 'The portal is on' : 'The portal is off'}</h2>
        <p className={styles.quiet}>
          {isOn ? (
            <>
              Members reach it at <bdi dir="ltr">{address}</bdi>
            </>
          ) : (
            'Visitors see a plain closed page. Nobody can sign in, and nothing else answers.'
          )}
        </p>
      </div>
      <Switch
        size="md"
        aria-label="Portal"
        checked={isOn}
        disabled={turn.isPending}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          turn.mutate(wanted, { onSuccess: () => showUndoToast(wanted ? 'The portal is open' : 'The portal is closed', () => turn.mutate(!wanted)) });
        }}
      />
    </div>
  );
}
