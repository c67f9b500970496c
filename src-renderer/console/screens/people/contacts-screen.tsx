import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SearchX, Upload, UserPlus } from 'lucide-react';
import type { ContactSummary } from '#server/people/people.contract.ts';
import { contactsQuery } from '../../../api/people.ts';
import { statusQuery } from '../../../api/status.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import styles from './contacts-screen.module.css';
import { PeopleFrame } from './people-frame.tsx';

const route = getRouteApi('/people');

export const contactColumns: readonly Column<ContactSummary>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(160px, 2fr)',
    cell: (contact) => (
      <span className={styles.name}>
        <Avatar name={contact.displayName} size={26} />
        <bdi className={styles.text}>{contact.displayName}</bdi>
      </span>
    ),
  },
  { key: 'company', header: 'Company', width: 'minmax(120px, 1.5fr)', isOptional: true, cell: (contact) => <bdi>{contact.company?.name}</bdi> },
  { key: 'email', header: 'E-mail', width: 'minmax(140px, 1.6fr)', isOptional: true, cell: (contact) => <bdi>{contact.email}</bdi> },
  { key: 'number', header: 'Number', width: 'minmax(130px, 1fr)', cell: (contact) => <bdi dir="ltr">{contact.primaryNumber}</bdi> },
  { key: 'activity', header: 'Last activity', width: '104px', align: 'end', isOptional: true, cell: (contact) => <RelativeTime at={contact.lastActivityAt} /> },
];

/** All contacts, those with the newest activity first; found by any part of name, company, e-mail or number. */
export function ContactsScreen() {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...contactsQuery(search === undefined ? {} : { search }), placeholderData: (before) => before });
  const status = useQuery(statusQuery);
  const rows = query.data?.pages.flatMap((page) => page.items);
  const total = status.data?.counts.contacts;

  return (
    <div data-search-scope className={styles.screen}>
      <PeopleFrame
        actions={
          <ButtonLink to="/people/new" variant="filled">
            Add a contact
          </ButtonLink>
        }
        tools={
          <>
            <SearchField
              label="Name, company, e-mail or number"
              value={search ?? ''}
              autoFocus
              onSearch={(next) => void navigate({ to: '.', search: next === '' ? {} : { search: next }, replace: true })}
            />
            {total === undefined || search !== undefined ? null : <span className={styles.total}>{total.toLocaleString('en')} contacts</span>}
          </>
        }
      >
        <Loaded query={{ ...query, data: rows }} failed="The contacts could not be read" skeleton={<ListSkeleton rows={14} />}>
          {(contacts) =>
            contacts.length === 0 ? (
              <NoContacts search={search} />
            ) : (
              <DataTable
                label="Contacts"
                columns={contactColumns}
                rows={contacts}
                rowKey={(contact) => contact.id}
                isLoadingMore={query.isFetchingNextPage}
                onOpen={(contact) => void navigate({ to: '/people/$contactId', params: { contactId: contact.id } })}
                {...(query.hasNextPage ? { onEnd: () => void query.fetchNextPage() } : {})}
              />
            )
          }
        </Loaded>
      </PeopleFrame>
    </div>
  );
}

function NoContacts({ search }: { readonly search: string | undefined }) {
  if (search !== undefined) {
    return (
      <EmptyState
        icon={SearchX}
        title={`Nobody fits “${search}”`}
        action={
          <ButtonLink to="/people/new" search={{ name: search }} leftSection={<UserPlus size={15} aria-hidden="true" />}>
            Add as a new contact
          </ButtonLink>
        }
      >
        People are found by the start of any word of their name, company or e-mail, and by the digits of a number from its start.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Upload}
      title="Nobody is here yet"
      action={
        <>
          <ButtonLink to="/imports" variant="filled">
            Import a file
          </ButtonLink>
          <ButtonLink to="/people/new">Add one contact</ButtonLink>
        </>
      }
    >
      Bring your contacts from HubSpot, Google, Outlook or any table. They ring with their names on the team’s phones and can be invited to the portal.
    </EmptyState>
  );
}
