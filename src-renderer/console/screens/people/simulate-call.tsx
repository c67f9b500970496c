import { Button, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explainCaller } from '../../../api/caller-id.ts';
import { searchContacts } from '../../../api/people.ts';
import { CallExplanation } from './call-explanation.tsx';
import { SimulatedPhones } from './simulated-phones.tsx';
import styles from './simulate-call.module.css';

interface SimulateCallProps {
  readonly number: string;
  readonly onNumber: (number: string) => void;
  /** False where the phone stands elsewhere, as in a wizard's preview. */
  readonly hasPhone?: boolean;
}

/** What the phones would show for a number. */
export function explanationQuery(number: string) {
  return queryOptions({ queryKey: ['caller-id', number], queryFn: ({ signal }) => explainCaller(number, signal), enabled: number !== '', staleTime: 0 });
}

/** A number, and what the team's phones would show for it. Nothing is logged and nothing rings. */
export function SimulateCall({ number, onNumber, hasPhone = true }: SimulateCallProps) {
  const [typed, setTyped] = useState(number);
  const explained = useQuery(explanationQuery(number));

  function call(wanted: string): void {
    if (wanted === '') return;
    setTyped(wanted);
    onNumber(wanted);
    if (wanted === number) void explained.refetch();
  }

  return (
    <div className={styles.simulate}>
      <div className={styles.ask}>
        <div className={styles.form}>
          <TextInput
            className={styles.number ?? ''}
            label="Number that calls"
            description="In any form: with or without country code, spaces, brackets. For a withheld caller write anonymous."
            type="tel"
            dir="ltr"
            value={typed}
            maxLength={100}
            autoComplete="off"
            autoFocus
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // Inside a wizard, Enter would go on to its next step.
              event.preventDefault();
              call(typed.trim());
            }}
          />
          <Button
            className={styles.call ?? ''}
            variant="filled"
            loading={explained.isFetching}
            disabled={typed.trim() === ''}
            onClick={() => call(typed.trim())}
          >
            Call
          </Button>
        </div>
        <Suggestions onChoose={call} />
      </div>
      {number === '' ? null : <CallExplanation query={explained} hasPhone={hasPhone} />}
      {number === '' || !hasPhone ? null : <SimulatedPhones number={number} />}
    </div>
  );
}

/** What somebody typed into the field of a number may be no number. */
const dialable = /^\+?[\d\s()/.-]{3,24}$/u;

/** Numbers of people who were active lately, to try with one click. */
function Suggestions({ onChoose }: { readonly onChoose: (number: string) => void }) {
  const recent = useQuery({ queryKey: ['contacts', 'recent'], queryFn: ({ signal }) => searchContacts('', { limit: 12, signal }) });
  const reachable = (recent.data ?? [])
    .flatMap(({ id, displayName: name, primaryNumber: number }) => (number !== null && dialable.test(number) ? [{ id, name, number }] : []))
    .slice(0, 3);
  return (
    <p className={styles.suggestions}>
      Or try{' '}
      {reachable.map(({ id, name, number }) => (
        <button key={id} type="button" className={styles.suggestion} onClick={() => onChoose(number)}>
          <bdi>{name}</bdi> <bdi dir="ltr">{number}</bdi>
        </button>
      ))}
      <button type="button" className={styles.suggestion} onClick={() => onChoose('anonymous')}>
        A withheld number
      </button>
    </p>
  );
}
