import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { explainCaller } from '../../../api/caller-id.ts';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { CallExplanation } from './call-explanation.tsx';
import styles from './simulate-screen.module.css';

const route = getRouteApi('/people/simulate');

/** What the team's phones would show for a number, and why. Nothing is logged and nothing rings. */
export function SimulateScreen() {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page>
      <PageHeader title="Simulate a call" />
      <PageBody width="wide">
        <SimulateCall number={search ?? ''} onNumber={(number) => void navigate({ to: '.', search: number === '' ? {} : { search: number }, replace: true })} />
      </PageBody>
    </Page>
  );
}

/** The number field with its answer; also part of the pairing wizard. */
export function SimulateCall({ number, onNumber }: { readonly number: string; readonly onNumber: (number: string) => void }) {
  const [typed, setTyped] = useState(number);
  const explained = useQuery({ queryKey: ['caller-id', number], queryFn: ({ signal }) => explainCaller(number, signal), enabled: number !== '', staleTime: 0 });
  return (
    <div className={styles.simulate}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onNumber(typed.trim());
          if (typed.trim() === number) void explained.refetch();
        }}
      >
        <TextInput
          className={styles.number ?? ''}
          label="Number that calls"
          description="As the telephone network would send it, or as it stands in a table: +48 601 234 567, 0601 234567, 0048601234567. Leave out the digits for a withheld caller: anonymous."
          type="tel"
          dir="ltr"
          value={typed}
          maxLength={100}
          autoComplete="off"
          autoFocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" loading={explained.isFetching} disabled={typed.trim() === ''}>
          Call
        </Button>
      </form>
      {number === '' ? null : <CallExplanation query={explained} />}
    </div>
  );
}
