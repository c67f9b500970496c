import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { unlockPairing } from '../../../api/devices.ts';
import { hasCode } from '../../../api/problem.ts';
import { Card } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { minutesLeft } from './phone-words.ts';
import styles from './scan-step.module.css';
import type { PairingModel } from './use-pairing.ts';

/** Why there is no code: what is wrong with the form, or that pairing rests. */
export function StartProblem({ model: { start, pairing } }: { readonly model: PairingModel }) {
  const until = pairing?.lockedUntil ?? null;
  if (until !== null || hasCode(start.error, 'pairing-locked')) return <PairingLocked until={until} onOpen={start.reset} />;
  return <ProblemSummary error={start.error} title="There is no code yet" labels={labels} />;
}

const labels = { scope: 'Which contacts', deviceName: 'What to call the phone', 'scope.most': 'At most', leaseDays: 'How long they stay' };

/** Somebody on the network tries codes: pairing rests, and the manager may open it again. */
function PairingLocked({ until, onOpen }: { readonly until: string | null; readonly onOpen: () => void }) {
  const queries = useQueryClient();
  const now = useNow();
  const unlock = useMutation({
    mutationFn: unlockPairing,
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['pairings'] });
      onOpen();
    },
  });
  return (
    <Card tone="warn">
      <div className={styles.claim} role="alert">
        <div>
          <strong>Pairing rests: too many wrong codes came in</strong>
          <p>
            Somebody on this network may be guessing; nobody got in.{' '}
            {until === null ? 'It opens again by itself within ten minutes.' : `It opens again by itself in ${minutesLeft(until, now)}.`} The audit log says
            where the last wrong code came from.
          </p>
        </div>
        <ProblemSummary error={unlock.error} title="That was not done" />
        <div className={styles.buttons}>
          <Button loading={unlock.isPending} onClick={() => unlock.mutate()}>
            Open pairing again
          </Button>
          <ButtonLink to="/settings/audit">Audit log</ButtonLink>
        </div>
      </div>
    </Card>
  );
}
