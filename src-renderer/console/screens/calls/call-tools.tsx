import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { CallCount } from '#server/calls/calls.contract.ts';
import { callCountQuery, exportCalls } from '../../../api/calls.ts';
import { problemSentence } from '../../../api/problem.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { questionOf, withChoice, type CallFilter } from './call-filter.ts';
import { CallFilters } from './call-filters.tsx';
import styles from './calls-screen.module.css';

interface CallToolsProps {
  readonly filter: CallFilter;
  readonly onFilter: (filter: CallFilter) => void;
}

/** Above the log: search, filter, how many there are, and all of them as a file. */
export function CallTools({ filter, onFilter }: CallToolsProps) {
  const question = questionOf(filter);
  const count = useQuery(callCountQuery(question));
  const save = useMutation({
    mutationFn: () => exportCalls(question),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return (
    <div className={styles.toolbar}>
      <SearchField
        label="Name or number"
        value={filter.search ?? ''}
        onSearch={(search) => onFilter(withChoice(filter, 'search', search === '' ? undefined : search))}
      />
      <CallFilters filter={filter} onFilter={onFilter} />
      <output className={styles.count}>{countInWords(count.data)}</output>
      <Button
        size="xs"
        leftSection={<Download size={14} aria-hidden="true" />}
        loading={save.isPending}
        disabled={count.data?.count === 0}
        onClick={() => save.mutate()}
      >
        Save as CSV
      </Button>
    </div>
  );
}

function countInWords(counted: CallCount | undefined): string {
  if (counted === undefined || counted.count === 0) return '';
  return `${counted.isMore ? 'More than ' : ''}${counted.count.toLocaleString('en')} ${counted.count === 1 ? 'call' : 'calls'}`;
}
