import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PbxSource } from '#server/pbx/pbx.contract.ts';
import { pbxSourceQuery, revokePbx } from '../../../api/pbx.ts';
import { problemSentence } from '../../../api/problem.ts';
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { RecordPart } from '../people/record-page.tsx';
import styles from './system-parts.module.css';

/** The end of a system's access. */
export function SystemEnd({ source }: { readonly source: PbxSource }) {
  const queries = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const revoke = useMutation({
    mutationFn: () => revokePbx(source.id),
    async onSuccess(saved) {
      setIsAsked(false);
      queries.setQueryData(pbxSourceQuery(source.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['pbx', 'list'] });
      showToast(`${source.name} is refused from now on`);
    },
    onError(error) {
      setIsAsked(false);
      showProblemToast(problemSentence(error));
    },
  });
  return (
    <RecordPart title="End">
      {source.state === 'revoked' ? (
        <p className={styles.quiet}>This system gets nothing any more. To use it again, connect it anew.</p>
      ) : (
        <div className={styles.stack}>
          <Button color="red" variant="light" onClick={() => setIsAsked(true)}>
            Revoke
          </Button>
          <p className={styles.quiet}>Its key is dead at once. A phone book that a telephone has fetched stays on it until it fetches again.</p>
        </div>
      )}
      <ConfirmByName
        isOpen={isAsked}
        title="Revoke this system"
        name={source.name}
        confirmLabel="Revoke"
        isBusy={revoke.isPending}
        onConfirm={() => revoke.mutate()}
        onClose={() => setIsAsked(false)}
      >
        The next request of <bdi>{source.name}</bdi> is refused: it gets no names and reports no calls. To use it again, connect it anew.
      </ConfirmByName>
    </RecordPart>
  );
}
