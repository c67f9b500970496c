import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import type { List } from '#server/people/people.contract.ts';
import { listsQuery } from '../../../api/people.ts';
import { Chip } from '../../../ui/chip.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { dayOf } from '../../../ui/time.ts';
import { ButtonLink } from '../../shell/links.tsx';
import styles from './contacts-screen.module.css';
import { PeopleFrame } from './people-frame.tsx';

const columns: readonly Column<List>[] = [
  { key: 'name', header: 'Name', width: 'minmax(120px, 2fr)', cell: (list) => <bdi className={styles.name}>{list.name}</bdi> },
  {
    key: 'kind',
    header: 'Kind',
    width: '88px',
    cell: (list) => <Chip tone={list.kind === 'active' ? 'on' : 'quiet'}>{list.kind === 'active' ? 'Active' : 'Picked'}</Chip>,
  },
  { key: 'count', header: 'People', width: '72px', align: 'end', cell: (list) => list.memberCount.toLocaleString('en') },
  { key: 'made', header: 'Made', width: '96px', align: 'end', isOptional: true, cell: (list) => dayOf(list.createdAt) },
];

/** All lists: who may use the portal, what a phone gets. */
export function ListsScreen() {
  const navigate = useNavigate();
  const lists = useQuery(listsQuery);
  const add = (
    <ButtonLink to="/people/lists/new" variant="filled">
      Make a list
    </ButtonLink>
  );
  return (
    <PeopleFrame actions={add}>
      <Loaded query={lists} failed="The lists could not be read" skeleton={<ListSkeleton />}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon={ListChecks} title="No lists yet" action={<ButtonLink to="/people/lists/new">Make a list</ButtonLink>}>
              A list gathers people: picked by hand, or kept by a filter such as “Company is Hartmann”. Lists decide which contacts a phone gets and whom you
              invite.
            </EmptyState>
          ) : (
            <DataTable
              label="Lists"
              columns={columns}
              rows={found}
              rowKey={(list) => list.id}
              onOpen={(list) => void navigate({ to: '/people/lists/$listId', params: { listId: list.id } })}
            />
          )
        }
      </Loaded>
    </PeopleFrame>
  );
}
