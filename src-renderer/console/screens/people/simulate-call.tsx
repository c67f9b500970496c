import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explainCaller } from '../../../api/caller-id.ts';
import { CallExplanation } from './call-explanation.tsx';
import styles from './simulate-call.module.css';

interface SimulateCallProps {
  readonly number: string;
  readonly onNumber: (number: string) => void;
}

/** A number, and what the team's phones would show for it. Nothing is logged and nothing rings. */
export function SimulateCall({ number, onNumber }: SimulateCallProps) {
  const [typed, setTyped] = useState(number);
  const explained = useQuery({ queryKey: ['caller-id', number], queryFn: ({ signal }) => explainCaller(number, signal), enabled: number !== '', staleTime: 0 });

  function call(): void {
    const wanted = typed.trim();
    if (wanted === '') return;
    onNumber(wanted);
    if (wanted === number) void explained.refetch();
  }

  return (
    <div className={styles.simulate}>
      <div className={styles.form}>
        <TextInput
          className={styles.number ?? ''}
          label="Number that calls"
          description="In any form: +48 601 234 567, 0601 234567, 0048601234567. For a withheld caller write anonymous."
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
            call();
          }}
        />
        <Button variant="filled" loading={explained.isFetching} disabled={typed.trim() === ''} onClick={call}>
          Call
        </Button>
      </div>
      {number === '' ? null : <CallExplanation query={explained} />}
    </div>
  );
}
