import { ActionIcon, Button, Menu } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { ContactSummary, List } from '#server/people/people.contract.ts';
import { changeList, changeListMembers, contactsQuery, listQuery, removeList } from '../../../api/people.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Chip } from '../../../ui/chip.tsx';
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { InlineText } from '../../../ui/inline-text.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page } from '../../../ui/page.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast, showUndoToast } from '../../../ui/toasts.tsx';
import { IconLink } from '../../shell/links.tsx';
import { ContactPicker } from './contact-picker.tsx';
import { contactColumns } from './contacts-screen.tsx';
import { ListFilterEditor } from './list-filter-editor.tsx';
import styles from './list-screen.module.css';

const route = getRouteApi('/people/lists/$listId');

/** One list: its people, and for an active one the filter that keeps it. */
export function ListScreen() {
  const { listId } = route.useParams();
  const list = useQuery(listQuery(listId));
  return (
    <Loaded query={list} failed="The list could not be read" skeleton={<ListSkeleton />}>
      {(found) => <OpenedList key={found.id} list={found} />}
    </Loaded>
  );
}

function OpenedList({ list }: { readonly list: List }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const members = useInfiniteQuery(contactsQuery({ listId: list.id }));
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['lists'] }), queries.invalidateQueries({ queryKey: ['contacts', 'list'] })]);

  async function change(act: 'add' | 'remove', contact: { readonly id: string; readonly name: string }): Promise<void> {
    try {
      await changeListMembers(list.id, { [act]: [contact.id] });
      await refresh();
      const undo = act === 'add' ? 'remove' : 'add';
      showUndoToast(act === 'add' ? `${contact.name} is on the list` : `${contact.name} is off the list`, () => void change(undo, contact));
    } catch (error) {
      showProblemToast(problemSentence(error));
    }
  }

  return (
    <Page>
      <header className={styles.header}>
        <IconLink to="/people/lists" aria-label="Back to the lists">
          <ArrowLeft size={18} aria-hidden="true" />
        </IconLink>
        <h1 className={styles.title}>
          <InlineText
            label="Name of the list"
            path="name"
            value={list.name}
            placeholder="Name"
            maxLength={120}
            onSave={async (name) => {
              await changeList(list.id, { name });
              await refresh();
            }}
          />
        </h1>
        <Chip tone={list.kind === 'active' ? 'on' : 'quiet'}>{list.kind === 'active' ? 'Active' : 'Picked'}</Chip>
        <LiveCount list={list} />
        <span className={styles.space} />
        <ListActions list={list} />
      </header>
      <div className={styles.tools}>
        {list.kind === 'active' && list.filter !== null ? (
          <ListFilterEditor list={list} filter={list.filter} />
        ) : (
          <div className={styles.picker}>
            <ContactPicker label="Add people" value={null} onChange={(contact) => contact !== null && void change('add', contact)} />
          </div>
        )}
      </div>
      <div className={styles.body}>
        <Loaded
          query={{ ...members, data: members.data?.pages.flatMap((page) => page.items) }}
          failed="The people could not be read"
          skeleton={<ListSkeleton rows={12} />}
        >
          {(people) =>
            people.length === 0 ? (
              <EmptyState title="Nobody is on this list">
                {list.kind === 'active' ? 'Nobody fits the filter now. Whoever does later comes on by themselves.' : 'Add people with the field above.'}
              </EmptyState>
            ) : (
              <DataTable
                label="People on the list"
                columns={list.kind === 'active' ? contactColumns : pickedColumns((contact) => void change('remove', contact))}
                rows={people}
                rowKey={(contact) => contact.id}
                isLoadingMore={members.isFetchingNextPage}
                onOpen={(contact) => void navigate({ to: '/people/$contactId', params: { contactId: contact.id } })}
                {...(members.hasNextPage ? { onEnd: () => void members.fetchNextPage() } : {})}
              />
            )
          }
        </Loaded>
      </div>
    </Page>
  );
}

/** The columns of a picked list: each person can be taken off. */
function pickedColumns(onTakeOff: (contact: { readonly id: string; readonly name: string }) => void): readonly Column<ContactSummary>[] {
  return [...contactColumns, { key: 'off', header: '', width: '84px', align: 'end', cell: (contact) => <TakeOff contact={contact} onTakeOff={onTakeOff} /> }];
}

interface TakeOffProps {
  readonly contact: ContactSummary;
  readonly onTakeOff: (contact: { readonly id: string; readonly name: string }) => void;
}

function TakeOff({ contact, onTakeOff }: TakeOffProps) {
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      aria-label={`Take ${contact.displayName} off the list`}
      onClick={(event) => {
        event.stopPropagation();
        onTakeOff({ id: contact.id, name: contact.displayName });
      }}
    >
      Take off
    </Button>
  );
}

/** How many are on the list; while a new filter is being applied, how many so far. */
function LiveCount({ list }: { readonly list: List }) {
  const count = `${list.memberCount.toLocaleString('en')} ${list.memberCount === 1 ? 'person' : 'people'}`;
  return (
    <span className={styles.count} aria-live="polite">
      {list.isUpdating ? `${count} so far, counting` : count}
    </span>
  );
}

function ListActions({ list }: { readonly list: List }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeList(list.id),
    async onSuccess() {
      showToast(`The list “${list.name}” was removed`);
      await navigate({ to: '/people/lists' });
      await queries.invalidateQueries({ queryKey: ['lists'], exact: true });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label="More to do with this list" variant="default" size={34}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" onClick={() => setRemoving(true)}>
            Remove the list
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmByName
        isOpen={isRemoving}
        title="Remove this list"
        name={list.name}
        confirmLabel="Remove"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      >
        The people on it stay. Phones that get only this list lose its contacts at their next sync. This can’t be undone.
      </ConfirmByName>
    </>
  );
}
