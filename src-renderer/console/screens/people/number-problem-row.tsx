import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { NumberProblem } from '#server/people/people.contract.ts';
import type { z } from 'zod';
import { fixNumber } from '../../../api/phone-numbers.ts';
import { fieldProblems, problemSentence } from '../../../api/problem.ts';
import { showUndoToast } from '../../../ui/toasts.tsx';
import styles from './numbers-screen.module.css';
import { numberProblemInWords } from './people-words.ts';

type Problem = z.infer<typeof NumberProblem>;

/** One number that can't be read, mended with one click or by typing it anew. */
export function NumberProblemRow({ problem, owner }: { readonly problem: Problem; readonly owner: ReactNode }) {
  const { number, explanation } = problem;
  const [typed, setTyped] = useState<string>();
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['numbers'] }),
      queries.invalidateQueries({ queryKey: ['contacts'] }),
      queries.invalidateQueries({ queryKey: ['companies'] }),
      queries.invalidateQueries({ queryKey: ['status'] }),
    ]);
  const fix = useMutation({
    mutationFn: (raw: string) => fixNumber(number.id, raw),
    async onSuccess(mended, raw) {
      await refresh();
      if (mended.kind !== 'unreadable') showUndoToast(`“${number.raw}” is now ${raw}`, () => void fixNumber(mended.id, number.raw).then(refresh));
    },
  });
  const stillUnread = fix.data?.kind === 'unreadable' ? numberProblemInWords(fix.data.problem) : undefined;
  const refusal = fix.isError ? (fieldProblems(fix.error)['raw'] ?? problemSentence(fix.error)) : stillUnread;

  return (
    <div className={styles.row}>
      <div className={styles.what}>
        <bdi dir="ltr" className={styles.raw}>
          {number.raw}
        </bdi>
        <span className={styles.owner}>{owner}</span>
        <p className={styles.why}>{explanation}</p>
      </div>
      {typed === undefined ? (
        <div className={styles.fixes}>
          {number.suggestion === null ? null : (
            <Button variant="filled" loading={fix.isPending} onClick={() => fix.mutate(number.suggestion ?? '')}>
              Use&nbsp;<bdi dir="ltr">{number.suggestion}</bdi>
            </Button>
          )}
          <Button disabled={fix.isPending} onClick={() => setTyped(number.suggestion ?? number.raw)}>
            {number.suggestion === null ? 'Type it anew' : 'Other'}
          </Button>
        </div>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            fix.mutate(typed);
          }}
        >
          <TextInput
            aria-label={`The right number instead of ${number.raw}`}
            type="tel"
            dir="ltr"
            value={typed}
            maxLength={200}
            autoFocus
            error={refusal}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setTyped(undefined);
            }}
          />
          <Button type="submit" variant="filled" loading={fix.isPending} disabled={typed.trim() === ''}>
            Save
          </Button>
          <Button onClick={() => setTyped(undefined)}>Cancel</Button>
        </form>
      )}
    </div>
  );
}
