import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, TriangleAlert } from 'lucide-react';
import type { PhoneNumber } from '#server/people/people.contract.ts';
import { fixNumber } from '../../../api/phone-numbers.ts';
import { problemSentence } from '../../../api/problem.ts';
import { InlineText } from '../../../ui/inline-text.tsx';
import { PhoneNumberText } from '../../../ui/phone-number-text.tsx';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import styles from './number-field.module.css';
import { numberKindInWords, numberProblemInWords } from './people-words.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly field: PhoneNumber['field'];
  readonly numbers: readonly PhoneNumber[];
  readonly onSave: (raw: string) => Promise<void>;
}

/** A number as it was entered, and below it what was understood; several numbers may stand in one field. */
export function NumberField({ label, field, numbers, onSave }: NumberFieldProps) {
  const own = numbers.filter((number) => number.field === field);
  const raw = [...new Set(own.map((number) => number.raw))].join('; ');
  return (
    <div className={styles.field}>
      <InlineText label={label} path={field} type="tel" value={raw} placeholder="Add a number" maxLength={200} onSave={onSave}>
        <bdi dir="ltr">{raw}</bdi>
      </InlineText>
      {own.map((number) => (
        <Understood key={number.id} number={number} />
      ))}
    </div>
  );
}

function Understood({ number }: { readonly number: PhoneNumber }) {
  if (number.kind === 'e164') {
    const isPlain = number.raw === number.display && number.extension === null;
    if (isPlain) return null;
    return (
      <span className={styles.good} title={numberKindInWords('e164')}>
        <Check size={13} aria-label="Understood as" />
        <PhoneNumberText display={number.display} e164={number.e164} />
        {number.extension === null ? null : <span>ext. {number.extension}</span>}
      </span>
    );
  }
  if (number.kind !== 'unreadable') return <span className={styles.plain}>{numberKindInWords(number.kind)}</span>;
  return (
    <span className={styles.bad}>
      <TriangleAlert size={13} aria-hidden="true" />
      <span>{numberProblemInWords(number.problem)}</span>
      {number.suggestion === null ? null : <MendButton number={number} suggestion={number.suggestion} />}
    </span>
  );
}

/** Puts the suggested number in the place of one that can't be read. */
export function MendButton({ number, suggestion }: { readonly number: PhoneNumber; readonly suggestion: string }) {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['contacts'] }),
      queries.invalidateQueries({ queryKey: ['companies'] }),
      queries.invalidateQueries({ queryKey: ['numbers'] }),
    ]);
  const mend = useMutation({
    mutationFn: (raw: string) => fixNumber(number.id, raw),
    onSuccess: refresh,
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return (
    <Button
      size="xs"
      loading={mend.isPending}
      onClick={() =>
        mend.mutate(suggestion, {
          onSuccess: (mended) => showUndoToast(`“${number.raw}” is now ${suggestion}`, () => void fixNumber(mended.id, number.raw).then(refresh)),
        })
      }
    >
      Use <bdi dir="ltr">&nbsp;{suggestion}</bdi>
    </Button>
  );
}
