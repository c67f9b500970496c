import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { History, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { AuditEntry } from '#server/audit/audit.contract.ts';
import { auditQuery } from '../../../api/audit.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import type { AuditFilter } from './audit-filter.ts';
import { detailInWords } from './audit-detail.ts';
import { AuditDrawer } from './audit-drawer.tsx';
import { actChoices, actInWords } from './audit-words.ts';
import { SettingsPage } from './settings-page.tsx';
import styles from './settings.module.css';

const route = getRouteApi('/settings/audit');

const columns: readonly Column<AuditEntry>[] = [
  { key: 'at', header: 'When', width: '84px', cell: (entry) => <RelativeTime at={entry.at} /> },
  { key: 'who', header: 'Who', width: 'minmax(72px, 0.6fr)', cell: (entry) => <span dir="auto">{entry.actor.name}</span> },
  { key: 'what', header: 'What', width: 'minmax(0, 1.5fr)', cell: (entry) => actInWords(entry.action) },
  { key: 'whom', header: 'To what', width: 'minmax(0, 1fr)', isOptional: true, cell: (entry) => <span dir="auto">{entry.target?.name ?? ''}</span> },
  {
    key: 'detail',
    header: 'Details',
    width: 'minmax(0, 1.4fr)',
    isOptional: true,
    cell: ({ detail }) => (
      <span dir="auto" title={detailInWords(detail)}>
        {detailInWords(detail)}
      </span>
    ),
  },
];

function ActFilter({ action, onChange }: { readonly action: string; readonly onChange: (action: string) => void }) {
  return (
    <Select
      aria-label="Show only"
      value={action}
      data={actChoices}
      searchable
      allowDeselect={false}
      nothingFoundMessage="Nothing is called that"
      w="min(240px, 45vw)"
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  );
}

function AboutOne({ name, onClear }: { readonly name: string; readonly onClear: () => void }) {
  return (
    <Button className={styles.about ?? ''} rightSection={<X size={14} aria-hidden="true" />} onClick={onClear} title={`Only ${name}. Show everything again.`}>
      Only&nbsp;<bdi>{name}</bdi>
      <span className="visually-hidden">. Show everything again</span>
    </Button>
  );
}

/** Every administrative act, newest first; or those on one thing, where one came from its page. */
export function AuditScreen() {
  const { action, target, targetName } = route.useSearch();
  const [opened, setOpened] = useState<AuditEntry>();
  const navigate = route.useNavigate();
  const audit = useInfiniteQuery(auditQuery({ ...(action === undefined ? {} : { action }), ...(target === undefined ? {} : { target }) }));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  const readMore = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);
  const show = (next: AuditFilter) => void navigate({ to: '.', search: next, replace: true });
  const about = target === undefined ? {} : { target, ...(targetName === undefined ? {} : { targetName }) };

  return (
    <SettingsPage
      title="Audit log"
      width="full"
      actions={
        <>
          {target === undefined ? null : <AboutOne name={targetName ?? 'this one'} onClear={() => show(action === undefined ? {} : { action })} />}
          <ActFilter action={action ?? ''} onChange={(chosen) => show({ ...about, ...(chosen === '' ? {} : { action: chosen }) })} />
        </>
      }
    >
      <Loaded query={audit} failed="The audit log could not be read" skeleton={<ListSkeleton rows={14} />}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items);
          if (entries.length === 0) {
            return (
              <EmptyState icon={History} title={action === undefined ? 'Nothing was done yet' : 'This was not done yet'}>
                Whatever changes settings, people’s access or phones is written down here with who did it and when.
              </EmptyState>
            );
          }
          return (
            <DataTable
              label="Audit log"
              columns={columns}
              rows={entries}
              rowKey={(entry) => String(entry.seq)}
              selectedKey={opened === undefined ? undefined : String(opened.seq)}
              onOpen={setOpened}
              onEnd={readMore}
              isLoadingMore={isFetchingNextPage}
            />
          );
        }}
      </Loaded>
      <AuditDrawer entry={opened} onClose={() => setOpened(undefined)} />
    </SettingsPage>
  );
}
