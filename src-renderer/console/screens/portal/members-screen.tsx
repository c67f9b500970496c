import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SearchX, Users } from 'lucide-react';
import { useState } from 'react';
import type { Member } from '#server/members/members.contract.ts';
import { membersQuery } from '../../../api/members.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { InviteDrawer } from './invite-drawer.tsx';
import { MemberDrawer } from './member-drawer.tsx';
import { memberState } from './member-words.ts';
import type { MembersSearch } from './members-search.ts';
import styles from './members-screen.module.css';
import { PortalFrame } from './portal-frame.tsx';

const route = getRouteApi('/portal/members');

const columns: readonly Column<Member>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(160px, 1.6fr)',
    cell: (member) => (
      <span className={styles.name}>
        <Avatar name={member.name} size={26} />
        <bdi className={styles.text}>{member.name}</bdi>
      </span>
    ),
  },
  {
    key: 'email',
    header: 'Signs in with',
    width: 'minmax(160px, 1.8fr)',
    isOptional: true,
    cell: (member) => (member.email === '' ? <span className={styles.missing}>No address, can’t sign in</span> : <bdi>{member.email}</bdi>),
  },
  {
    key: 'state',
    header: 'State',
    width: '124px',
    cell: (member) => {
      const { tone, words } = memberState(member.state);
      return <Chip tone={tone}>{words}</Chip>;
    },
  },
  {
    key: 'invited',
    header: 'Invited',
    width: '92px',
    align: 'end',
    isOptional: true,
    cell: (member) => (member.invitedAt === null ? null : <RelativeTime at={member.invitedAt} />),
  },
  {
    key: 'seen',
    header: 'Last sign-in',
    width: '104px',
    align: 'end',
    isOptional: true,
    cell: (member) => (member.lastSignInAt === null ? 'Never' : <RelativeTime at={member.lastSignInAt} />),
  },
];

const all = 'all';
const states = [
  { value: all, label: 'All' },
  { value: 'invited', label: 'Invited' },
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Ended' },
];

/** Who may sign in on the portal. */
export function MembersScreen() {
  const { search, state } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...membersQuery({ search, state }), placeholderData: (before) => before });
  const [opened, setOpened] = useState<Member>();
  const [isInviting, setInviting] = useState(false);
  const show = (next: MembersSearch) => void navigate({ to: '.', search: next, replace: true });
  const invite = (
    <Button variant="filled" onClick={() => setInviting(true)}>
      Invite customers
    </Button>
  );

  return (
    <div data-search-scope className={styles.screen}>
      <PortalFrame
        actions={invite}
        tools={
          <>
            <SearchField
              label="Name or e-mail"
              value={search ?? ''}
              onSearch={(text) => show({ ...(state === undefined ? {} : { state }), ...(text === '' ? {} : { search: text }) })}
            />
            <SegmentedControl
              size="xs"
              aria-label="State"
              data={states}
              value={state ?? all}
              onChange={(value) => {
                const chosen = (['invited', 'active', 'disabled'] as const).find((one) => one === value);
                show({ ...(search === undefined ? {} : { search }), ...(chosen === undefined ? {} : { state: chosen }) });
              }}
            />
          </>
        }
      >
        <Loaded
          query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
          failed="The members could not be read"
          skeleton={<ListSkeleton rows={10} />}
        >
          {(members) =>
            members.length === 0 ? (
              <NoMembers isFiltered={search !== undefined || state !== undefined} invite={invite} />
            ) : (
              <DataTable
                label="Members"
                columns={columns}
                rows={members}
                rowKey={(member) => member.id}
                isLoadingMore={query.isFetchingNextPage}
                onOpen={setOpened}
                {...(query.hasNextPage ? { onEnd: () => void query.fetchNextPage() } : {})}
              />
            )
          }
        </Loaded>
      </PortalFrame>
      <MemberDrawer member={opened} onClose={() => setOpened(undefined)} />
      <InviteDrawer isOpen={isInviting} onClose={() => setInviting(false)} />
    </div>
  );
}

function NoMembers({ isFiltered, invite }: { readonly isFiltered: boolean; readonly invite: React.ReactNode }) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No member fits">
        Members are found by the start of any word of their name or e-mail.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Users} title="Nobody can sign in yet" action={invite}>
      Members see their tickets on the portal, open new ones and answer. They are your contacts: choose whom to invite.
    </EmptyState>
  );
}
