import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { testPbx } from '../../../api/pbx.ts';
import { CheckList, type CheckLine } from '../../../ui/check-list.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import styles from './system-parts.module.css';

/** The desk calls itself over TLS as the system would, with its key, and shows each step. */
export function SelfTestPart({ sourceId, secret }: { readonly sourceId: string; readonly secret: string }) {
  const test = useMutation({ mutationFn: () => testPbx(sourceId, secret) });
  const lines = test.data?.steps.map((step): CheckLine => ({
    key: step.title,
    state: step.isPassed ? 'ok' : 'failed',
    message: `${step.title}. ${step.detail}`,
  }));
  return (
    <div className={styles.stack}>
      <Button loading={test.isPending} disabled={secret === ''} onClick={() => test.mutate()}>
        {test.data === undefined ? 'Run the self-test' : 'Run it again'}
      </Button>
      <ProblemSummary error={test.error} title="The test could not run" />
      {lines === undefined ? null : <CheckList label="Self-test" lines={lines} />}
    </div>
  );
}
