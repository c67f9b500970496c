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
import { certificateWord, heldBy, kindAndWays } from './phone-words.ts';
import type { PhonesSearch } from './phones-search.ts';
import styles from './phones-screen.module.css';
import { PhonesTools } from './phones-tools.tsx';

const route = getRouteApi('/phones');

const columns: readonly Column<Device>[] = [
  {
    key: 'name',
    header: 'Phone',
    width: 'minmax(140px, 2fr)',
    cell: (device) => (
      <span className={styles.lines}>
        <bdi className={styles.name} title={device.name}>
          {device.name}
        </bdi>
        <span className={styles.second}>{kindAndWays(device)}</span>
      </span>
    ),
  },
  { key: 'owner', header: 'Carried by', width: 'minmax(88px, 1fr)', isOptional: true, cell: (device) => <bdi>{device.agent.name}</bdi> },
  { key: 'state', header: 'State', width: '136px', cell: (device) => <DeviceStateChip device={device} /> },
  { key: 'held', header: 'Contacts on it', width: '152px', align: 'end', isOptional: true, cell: (device) => <Held device={device} /> },
  {
    key: 'behind',
    header: 'Behind',
    width: '64px',
    align: 'end',
    isOptional: true,
    cell: (device) => (device.state === 'active' && device.changesBehind > 0 ? device.changesBehind.toLocaleString('en') : null),
  },
  { key: 'certificate', header: 'Certificate', width: '80px', isOptional: 'wide', cell: (device) => certificateWord(device) },
  { key: 'lease', header: 'Ends', width: '92px', align: 'end', isOptional: 'wide', cell: (device) => <LeaseEnd device={device} /> },
  {
    key: 'seen',
    header: 'Last seen',
    width: '80px',
    align: 'end',
    isOptional: true,
    cell: (device) => (device.lastSeenAt === null ? 'Never' : <RelativeTime at={device.lastSeenAt} />),
  },
];

/** What the phone holds against what it is to hold: by its own contacts app, by Doorline’s page, or both. */
function Held({ device }: { readonly device: Device }) {
  const [first, second] = heldBy(device);
  if (first === undefined) return null;
  return (
    <span className={styles.lines}>
      <span>{first}</span>
      {second === undefined ? null : <span className={styles.second}>{second}</span>}
    </span>
  );
}

/** When the contacts leave the phone by themselves. */
function LeaseEnd({ device: { state, leaseEndsAt, leaseState } }: { readonly device: Device }) {
  if (state !== 'active' || leaseEndsAt === null) return null;
  return (
    <span className={leaseState === 'running' ? undefined : styles.soon}>
      <RelativeTime at={leaseEndsAt} />
    </span>
  );
}

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
