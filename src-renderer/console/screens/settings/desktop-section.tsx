import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Desktop, UpdateState } from '../../../../src-main/desktop.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { SwitchField } from '../../../ui/fields.tsx';
import { Section } from '../../../ui/page.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';

const startsKey = ['desktop', 'starts-at-sign-in'];
const updateKey = ['desktop', 'update'];

/** What only the desktop can do: start with the PC, update itself. */
export function DesktopSection({ power }: { readonly power: Desktop }) {
  const queries = useQueryClient();
  const starts = useQuery({ queryKey: startsKey, queryFn: () => power.request('starts-at-sign-in') });
  const update = useQuery({ queryKey: updateKey, queryFn: () => power.request('update-state') });
  useEffect(() => power.listen('update-state-changed', (state) => queries.setQueryData(updateKey, state)), [power, queries]);

  const setStarts = useMutation({
    mutationFn: (isOn: boolean) => power.request('set-starts-at-sign-in', isOn),
    onSuccess: (isOn) => queries.setQueryData(startsKey, isOn),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const check = useMutation({
    mutationFn: () => power.request('check-for-update'),
    onSuccess: (state) => queries.setQueryData(updateKey, state),
    onError: (error) => showProblemToast(problemSentence(error)),
  });

  return (
    <>
      <Section title="Start">
        <SwitchField
          label="Start with this PC"
          hint="Customers and phones reach the desk as soon as somebody has signed in to this PC. The window stays closed."
          checked={starts.data ?? false}
          disabled={starts.data === undefined || setStarts.isPending}
          onChange={(isOn) => setStarts.mutate(isOn)}
        />
      </Section>
      <Section
        title="Updates"
        lead={update.data === undefined ? '' : updateInWords(update.data)}
        actions={
          update.data?.state === 'ready' ? (
            <Button variant="filled" onClick={() => void power.request('install-update')}>
              Restart and update
            </Button>
          ) : (
            <Button loading={check.isPending || update.data?.state === 'checking'} onClick={() => check.mutate()}>
              Look for updates
            </Button>
          )
        }
      >
        {null}
      </Section>
    </>
  );
}

export function updateInWords(update: UpdateState): string {
  if (update.state === 'downloading') return `A newer version is being fetched: ${Math.round(update.percent)} %.`;
  if (update.state === 'ready') return `Version ${update.version} is ready. Doorline restarts in a few seconds; customers and phones wait meanwhile.`;
  if (update.state === 'failed') return `Looking for updates failed: ${update.reason}`;
  return update.state === 'checking' ? 'Looking for a newer version.' : 'This is the newest version that is known.';
}
