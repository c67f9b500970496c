import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PhoneCall } from 'lucide-react';
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

const columns: readonly Column<PbxSource>[] = [
  {
    key: 'name',
    header: 'System',
    width: 'minmax(180px, 2fr)',
    cell: (source) => (
      <span className={styles.name}>
        <bdi>{source.name}</bdi>
        <span className={styles.kind}>{wordsOf(source.kind).name}</span>
      </span>
    ),
  },
  { key: 'state', header: 'State', width: '168px', cell: (source) => <SystemState source={source} /> },
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
  const navigate = useNavigate();
  const sources = useQuery(pbxSourcesQuery);
  const connect = (
    <ButtonLink to="/desk-phones/connect" variant="filled">
      Connect a system
    </ButtonLink>
  );
  return (
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
      <PageBody width="full">
        <Loaded query={sources} failed="The connected systems could not be read" skeleton={<ListSkeleton rows={5} height={56} />}>
          {(found) =>
            found.length === 0 ? (
              <EmptyState icon={PhoneCall} title="No desk phone or telephone system is connected yet" action={connect}>
                Connected ones show the caller’s name on the phone on the desk, and tell this desk who rings. You get a ready-made configuration to copy.
              </EmptyState>
            ) : (
              <DataTable
                label="Connected systems"
                columns={columns}
                rows={found}
                rowKey={(source) => source.id}
                rowHeight={56}
                onOpen={(source) => void navigate({ to: '/desk-phones/$sourceId', params: { sourceId: source.id } })}
              />
            )
          }
        </Loaded>
      </PageBody>
    </Page>
  );
}
