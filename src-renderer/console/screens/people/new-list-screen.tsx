import { Button, Radio } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { ListFilter } from '#server/people/people.contract.ts';
import { addList } from '../../../api/people.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { propertiesQuery } from '../../../api/properties.ts';
import { useDraft } from '../../../api/use-draft.ts';
import { TextField } from '../../../ui/fields.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { filterFields, isComplete } from './list-filter.ts';
import styles from './new-list.module.css';

const ListDraft = z.object({ name: z.string(), kind: z.enum(['static', 'active']), filter: ListFilter });
type ListDraft = z.infer<typeof ListDraft>;

const empty: ListDraft = { name: '', kind: 'active', filter: { groups: [[{ field: 'company', operator: 'is', value: '' }]] } };
const labels = { name: 'Name', filter: 'Filter' };

/** A new list: kept by a filter, or picked by hand. */
export function NewListScreen() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const properties = useQuery(propertiesQuery('contact'));
  const draft = useDraft({ place: 'list-new', schema: ListDraft, empty, isEmpty: ({ name, filter }) => name.trim() === '' && !isComplete(filter) });
  const { body } = draft;
  const edit = (patch: Partial<ListDraft>) => draft.edit({ ...body, ...patch });
  const add = useMutation({
    mutationFn: () => addList(body.kind === 'active' ? { kind: 'active', name: body.name, filter: body.filter } : { kind: 'static', name: body.name }),
    async onSuccess(list) {
      draft.clear();
      await queries.invalidateQueries({ queryKey: ['lists'] });
      await navigate({ to: '/people/lists/$listId', params: { listId: list.id } });
    },
  });
  const problems = fieldProblems(add.error);

  return (
    <Page>
      <PageHeader title="Make a list" />
      <PageBody width="wide">
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <ProblemSummary error={add.error} title="The list was not made" labels={labels} />
          <div className={styles.name}>
            <TextField label="Name" value={body.name} maxLength={120} autoFocus problem={problems['name']} onChange={(name) => edit({ name })} />
          </div>
          <Radio.Group label="Who is on it" value={body.kind} onChange={(kind) => edit({ kind: kind === 'static' ? 'static' : 'active' })}>
            <div className={styles.kinds}>
              <Radio value="active" label="Everybody who fits a filter" description="Keeps itself: whoever fits tomorrow is on it tomorrow." />
              <Radio value="static" label="People I pick" description="Changes only when you change it." />
            </div>
          </Radio.Group>
          {body.kind === 'active' ? (
            <FilterBuilder fields={filterFields(properties.data ?? [])} filter={body.filter} problems={problems} onFilter={(filter) => edit({ filter })} />
          ) : null}
          <footer className={styles.foot}>
            <Button type="submit" variant="filled" loading={add.isPending} disabled={body.kind === 'active' && !isComplete(body.filter)}>
              Make the list
            </Button>
            <ButtonLink to="/people/lists">Not now</ButtonLink>
          </footer>
        </form>
      </PageBody>
    </Page>
  );
}
