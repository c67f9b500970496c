import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { List, ListFilter } from '#server/people/people.contract.ts';
import { changeList, listQuery } from '../../../api/people.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { propertiesQuery } from '../../../api/properties.ts';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showUndoToast } from '../../../ui/toasts.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { filterFields, filterInWords, isComplete } from './list-filter.ts';
import styles from './list-screen.module.css';

/** The filter of an active list: in words, and in its parts to change it. */
export function ListFilterEditor({ list, filter }: { readonly list: List; readonly filter: ListFilter }) {
  const queries = useQueryClient();
  const properties = useQuery(propertiesQuery('contact'));
  const fields = filterFields(properties.data ?? []);
  const [draft, setDraft] = useState<ListFilter>();
  const save = useMutation({
    mutationFn: (next: ListFilter) => changeList(list.id, { filter: next }),
    onSuccess(saved) {
      queries.setQueryData(listQuery(list.id).queryKey, saved);
      setDraft(undefined);
      return Promise.all([queries.invalidateQueries({ queryKey: ['lists'] }), queries.invalidateQueries({ queryKey: ['contacts', 'list'] })]);
    },
  });

  if (draft === undefined) {
    return (
      <div className={styles.filter}>
        <bdi className={styles.words}>{filterInWords(filter, fields)}</bdi>
        <Button size="xs" onClick={() => setDraft(filter)}>
          Change the filter
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.editor}>
      <ProblemSummary error={save.error} title="The filter was not saved" labels={{}} />
      <FilterBuilder fields={fields} filter={draft} problems={fieldProblems(save.error)} onFilter={setDraft} />
      <div className={styles.buttons}>
        <Button
          variant="filled"
          loading={save.isPending}
          disabled={!isComplete(draft)}
          onClick={() => save.mutate(draft, { onSuccess: () => showUndoToast('The filter is saved', () => save.mutate(filter)) })}
        >
          Save the filter
        </Button>
        <Button onClick={() => setDraft(undefined)}>Leave it as it was</Button>
      </div>
    </div>
  );
}
