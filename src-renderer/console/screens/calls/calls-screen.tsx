import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react';
import { useState } from 'react';
import type { Call } from '#server/calls/calls.contract.ts';
import { callsQuery } from '../../../api/calls.ts';
import { Chip } from '../../../ui/chip.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { CallDrawer } from './call-drawer.tsx';
import { narrowingCount, questionOf, type CallFilter } from './call-filter.ts';
import { CallTools } from './call-tools.tsx';
import { callInWords, durationInWords, outcomeInWords } from './call-words.ts';
import { CallsFrame } from './calls-frame.tsx';
import styles from './calls-screen.module.css';

const route = getRouteApi('/calls');

/** The line below who it was: number and company, without saying anything twice. */
function belowIn({ isWithheld, displayNumber, display, company }: Call): string {
  if (isWithheld) return 'Nobody can tell who it was';
  const parts = [displayNumber === display ? 'Not a contact' : displayNumber, company?.name];
  return parts.filter((part) => part !== undefined && part !== display).join(' · ');
}

const columns: readonly Column<Call>[] = [
  {
    key: 'who',
    header: 'Who',
    width: 'minmax(180px, 2fr)',
    narrowWidth: 'minmax(0, 1fr)',
    cell: (call) => (
      <span className={styles.who}>
        <Direction call={call} />
        <span className={styles.names}>
          <bdi className={styles.name}>{call.display}</bdi>
          <bdi className={styles.number}>{belowIn(call)}</bdi>
        </span>
      </span>
    ),
  },
  {
    key: 'state',
    header: 'Call',
    width: '112px',
    narrowWidth: '94px',
    cell: (call) => (
      <Chip tone={call.state === 'missed' ? 'bad' : 'quiet'} dot={call.state === 'ringing' || call.state === 'answered'}>
        {callInWords(call)}
      </Chip>
    ),
  },
  { key: 'outcome', header: 'Outcome', width: 'minmax(120px, 1.4fr)', isOptional: true, cell: (call) => <OutcomeCell call={call} /> },
  { key: 'agent', header: 'Phone of', width: 'minmax(90px, 1fr)', isOptional: true, cell: (call) => <bdi>{call.agent?.name}</bdi> },
  {
    key: 'duration',
    header: 'Lasted',
    width: '96px',
    align: 'end',
    isOptional: true,
    cell: (call) => (call.durationSeconds === null ? null : durationInWords(call.durationSeconds)),
  },
  { key: 'at', header: 'When', width: '92px', narrowWidth: '64px', align: 'end', cell: (call) => <RelativeTime at={call.startedAt} /> },
];

/** Everybody's calls, the newest first. */
export function CallsScreen() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(callsQuery(questionOf(filter)));
  const [opened, setOpened] = useState<Call>();
  // The drawer shows the call as it is by now, also while it goes on.
  const present = query.data?.pages.flatMap((page) => page.items).find((call) => call.id === opened?.id) ?? opened;
  const onFilter = (next: CallFilter) => void navigate({ search: next, replace: true });
  return (
    <CallsFrame tools={<CallTools filter={filter} onFilter={onFilter} />}>
      <Loaded
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        failed="The calls could not be read"
        skeleton={<ListSkeleton rows={10} height={56} />}
      >
        {(calls) =>
          calls.length === 0 ? (
            <NoCalls filter={filter} onFilter={onFilter} />
          ) : (
            <DataTable
              label="Calls"
              columns={columns}
              rows={calls}
              rowKey={(call) => call.id}
              rowHeight={56}
              isLoadingMore={query.isFetchingNextPage}
              onOpen={setOpened}
              {...(query.hasNextPage ? { onEnd: () => void query.fetchNextPage() } : {})}
            />
          )
        }
      </Loaded>
      <CallDrawer call={present} onClose={() => setOpened(undefined)} />
    </CallsFrame>
  );
}

function NoCalls({ filter, onFilter }: { readonly filter: CallFilter; readonly onFilter: (filter: CallFilter) => void }) {
  if (narrowingCount(filter) > 0 || filter.search !== undefined) {
    return (
      <EmptyState
        icon={Phone}
        title="No call fits"
        action={<Button onClick={() => onFilter(filter.missed === true ? { missed: true } : {})}>Show all again</Button>}
      >
        Search for less, or take a filter away.
      </EmptyState>
    );
  }
  if (filter.missed === true) {
    return (
      <EmptyState icon={PhoneMissed} title="No missed calls">
        Calls nobody took are gathered here, so that each is called back.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Phone}
      title="No calls yet"
      action={
        <ButtonLink to="/phones/pair" variant="filled">
          Pair a phone
        </ButtonLink>
      }
    >
      Calls on the team’s phones, and those the telephone system tells of, are listed here with who called, how it went and what is to be done.
    </EmptyState>
  );
}

function Direction({ call }: { readonly call: Call }) {
  const isMissed = call.state === 'missed';
  const Icon = { missed: PhoneMissed, inbound: PhoneIncoming, outbound: PhoneOutgoing }[isMissed ? 'missed' : call.direction];
  return (
    <span className={styles.direction} data-missed={isMissed || undefined}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
    </span>
  );
}

function OutcomeCell({ call }: { readonly call: Call }) {
  const parts = [call.outcome === null ? undefined : outcomeInWords(call.outcome), call.note === null || call.note === '' ? undefined : call.note].filter(
    (part) => part !== undefined,
  );
  const open = call.tasks.filter((task) => !task.isDone).length;
  const toDo = open === 0 ? null : <span className={styles.number}>{`${open} to do`}</span>;
  if (parts.length === 0) return toDo;
  return (
    <>
      <bdi>{parts.join(': ')}</bdi>
      {toDo === null ? null : <span className={styles.number}> · </span>}
      {toDo}
    </>
  );
}
