import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PhoneCall, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PbxSource } from '#server/pbx/pbx.contract.ts';
import { pbxSourcesQuery } from '../../../api/pbx.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { wordsOf } from './kinds.ts';
import { SystemState } from './system-state.tsx';
import styles from './systems-screen.module.css';
import { fitting } from './systems-search.ts';
import { SystemsTools } from './systems-tools.tsx';

const route = getRouteApi('/desk-phones');

/** With fewer one sees them all at a glance. */
const fewestToSearch = 9;

const columns: readonly Column<PbxSource>[] = [
  {
    key: 'name',
    header: 'System',
    width: 'minmax(180px, 2fr)',
    narrowWidth: 'minmax(0, 1fr)',
    cell: (source) => (
      <span className={styles.name}>
        <bdi>{source.name}</bdi>
        <span className={styles.kind}>{wordsOf(source.kind).name}</span>
      </span>
    ),
  },
  { key: 'state', header: 'State', width: '168px', narrowWidth: '132px', cell: (source) => <SystemState source={source} /> },
  {
    key: 'numbers',
    header: 'Numbers in scope',
    width: '148px',
    align: 'end',
    isOptional: true,
    cell: (source) => (source.state === 'active' ? source.numbersInScope.toLocaleString('en') : null),
  },
  {
    key: 'from',
    header: 'From',
    width: 'minmax(120px, 1fr)',
    isOptional: true,
    cell: (source) => (source.lastIp === null ? null : <bdi dir="ltr">{source.lastIp}</bdi>),
  },
  {
    key: 'used',
    header: 'Last request',
    width: '120px',
    align: 'end',
    isOptional: true,
    cell: (source) => (source.lastUsedAt === null ? 'Never' : <RelativeTime at={source.lastUsedAt} />),
  },
];

/** Desk phones and telephone systems that ask this desk who is calling. */
export function SystemsScreen() {
  const shown = route.useSearch();
  const navigate = route.useNavigate();
  const sources = useQuery(pbxSourcesQuery);
  const all = sources.data ?? [];
  const found = fitting(all, shown);
  const connect = (
    <ButtonLink to="/desk-phones/connect" variant="filled">
      Connect a system
    </ButtonLink>
  );
  return (
    <div data-search-scope className={styles.screen}>
      <Page>
        <PageHeader
          title="Desk phones and PBX"
          actions={
            <>
              <ButtonLink to="/phones">Mobile phones</ButtonLink>
              {connect}
            </>
          }
        />
        {all.length < fewestToSearch ? null : <SystemsTools shown={shown} count={found.length} onShow={(search) => void navigate({ search, replace: true })} />}
        <PageBody width="full">
          <Loaded query={sources} failed="The connected systems could not be read" skeleton={<ListSkeleton rows={5} height={56} />}>
            {(systems) => {
              if (systems.length === 0) return <NoSystems action={connect} />;
              if (found.length === 0) return <NothingFits />;
              return (
                <DataTable
                  label="Connected systems"
                  columns={columns}
                  rows={found}
                  rowKey={(source) => source.id}
                  rowHeight={56}
                  onOpen={(source) => void navigate({ to: '/desk-phones/$sourceId', params: { sourceId: source.id } })}
                />
              );
            }}
          </Loaded>
        </PageBody>
      </Page>
    </div>
  );
}

function NoSystems({ action }: { readonly action: ReactNode }) {
  return (
    <EmptyState icon={PhoneCall} title="No desk phone or telephone system is connected yet" action={action}>
      Connected ones show the caller’s name on the phone on the desk, and tell this desk who rings. You get a ready-made configuration to copy.
    </EmptyState>
  );
}

function NothingFits() {
  return (
    <EmptyState
      icon={SearchX}
      title="No system fits"
      action={
        <ButtonLink to="/desk-phones" search={{}}>
          Show all again
        </ButtonLink>
      }
    >
      Systems are found by the start of any word of their name, by what they are, and by the address they asked from.
    </EmptyState>
  );
}
