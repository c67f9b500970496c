import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CircleCheck, SearchX, Smartphone } from 'lucide-react';
import type { Device } from '#server/devices/devices.contract.ts';
import { devicePagesQuery } from '../../../api/devices.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { DeviceStateChip } from './device-state.tsx';
import { platformName, waysOf } from './phone-words.ts';
import type { PhonesSearch } from './phones-search.ts';
import styles from './phones-screen.module.css';
import { PhonesTools } from './phones-tools.tsx';

const route = getRouteApi('/phones');

const columns: readonly Column<Device>[] = [
  {
    key: 'name',
    header: 'Phone',
    width: 'minmax(160px, 2fr)',
    cell: (device) => (
      <span className={styles.name}>
        <bdi>{device.name}</bdi>
        <span className={styles.platform}>{platformName(device.platform)}</span>
      </span>
    ),
  },
  { key: 'owner', header: 'Carried by', width: 'minmax(110px, 1.2fr)', isOptional: true, cell: (device) => <bdi>{device.agent.name}</bdi> },
  { key: 'ways', header: 'Reads by', width: 'minmax(110px, 1.2fr)', isOptional: true, cell: (device) => <bdi>{waysOf(device)}</bdi> },
  { key: 'state', header: 'State', width: '136px', cell: (device) => <DeviceStateChip device={device} /> },
  {
    key: 'synced',
    header: 'Numbers on it',
    width: '132px',
    align: 'end',
    isOptional: true,
    cell: (device) =>
      device.state === 'active' && device.lastSyncAt !== null
        ? `${device.contactsSynced.toLocaleString('en')} of ${device.contactsInScope.toLocaleString('en')}`
        : null,
  },
  {
    key: 'cards',
    header: 'Cards',
    width: '80px',
    align: 'end',
    isOptional: true,
    cell: (device) => (device.state === 'active' && device.addressBook !== null ? device.addressBook.cards.toLocaleString('en') : null),
  },
  {
    key: 'behind',
    header: 'Behind',
    width: '92px',
    align: 'end',
    isOptional: true,
    cell: (device) => (device.state === 'active' && device.changesBehind > 0 ? device.changesBehind.toLocaleString('en') : null),
  },
  {
    key: 'seen',
    header: 'Last seen',
    width: '104px',
    align: 'end',
    isOptional: true,
    cell: (device) => (device.lastSeenAt === null ? 'Never' : <RelativeTime at={device.lastSeenAt} />),
  },
];

/** The team's phones: whether each has all its contacts, and when it was last heard of. */
export function PhonesScreen() {
  const shown = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...devicePagesQuery(shown), placeholderData: (before) => before });
  const phones = query.data?.pages.flatMap((page) => page.items);
  const isFiltered = shown.search !== undefined || shown.state !== undefined;
  return (
    <div data-search-scope className={styles.screen}>
      <Page>
        <PageHeader
          title="Phones"
          actions={
            <>
              <ButtonLink to="/desk-phones">Desk phones and PBX</ButtonLink>
              <ButtonLink to="/people/simulate">Simulate a call</ButtonLink>
              <ButtonLink to="/phones/pair" variant="filled">
                Pair a phone
              </ButtonLink>
            </>
          }
        />
        {phones?.length === 0 && !isFiltered ? null : <PhonesTools shown={shown} onShow={(next) => void navigate({ to: '.', search: next, replace: true })} />}
        <PageBody width="full">
          <Loaded query={{ ...query, data: phones }} failed="The phones could not be read" skeleton={<ListSkeleton rows={6} height={56} />}>
            {(devices) =>
              devices.length === 0 ? (
                <NoPhones shown={shown} />
              ) : (
                <DataTable
                  label="Phones"
                  columns={columns}
                  rows={devices}
                  rowKey={(device) => device.id}
                  rowHeight={56}
                  isLoadingMore={query.isFetchingNextPage}
                  onOpen={(device) => void navigate({ to: '/phones/$deviceId', params: { deviceId: device.id } })}
                  {...(query.hasNextPage ? { onEnd: () => void query.fetchNextPage() } : {})}
                />
              )
            }
          </Loaded>
        </PageBody>
      </Page>
    </div>
  );
}

function NoPhones({ shown: { search, state } }: { readonly shown: PhonesSearch }) {
  if (search === undefined && state === undefined) {
    return (
      <EmptyState
        icon={Smartphone}
        title="No phone is paired yet"
        action={
          <ButtonLink to="/phones/pair" variant="filled">
            Pair a phone
          </ButtonLink>
        }
      >
        A paired phone shows who is calling, keeps a log of calls, and asks how a call went. It takes two minutes and a look at six digits.
      </EmptyState>
    );
  }
  if (search === undefined && state === 'attention') {
    return (
      <EmptyState icon={CircleCheck} title="Nothing to look into">
        Phones that did not fetch their contacts, were silent for two days, share their account or still have to be wiped are gathered here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No phone fits"
      action={
        <ButtonLink to="/phones" search={{}}>
          Show all again
        </ButtonLink>
      }
    >
      Phones are found by the start of any word of their name, or of the name of who carries them.
    </EmptyState>
  );
}
