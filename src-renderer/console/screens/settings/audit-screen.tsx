import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { AuditEntry } from '#server/audit/audit.contract.ts';
import { auditQuery } from '../../../api/audit.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { actChoices, actInWords, detailInWords } from './audit-words.ts';
import { SettingsPage } from './settings-page.tsx';

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
    cell: (entry) => <span title={detailInWords(entry)}>{detailInWords(entry)}</span>,
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

/** Every administrative act, newest first. */
export function AuditScreen() {
  const [action, setAction] = useState('');
  const audit = useInfiniteQuery(auditQuery(action === '' ? {} : { action }));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  const readMore = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);

  return (
    <SettingsPage title="Audit log" width="full" actions={<ActFilter action={action} onChange={setAction} />}>
      <Loaded query={audit} failed="The audit log could not be read" skeleton={<ListSkeleton rows={14} />}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items);
          if (entries.length === 0) {
            return (
              <EmptyState icon={History} title={action === '' ? 'Nothing was done yet' : 'This was not done yet'}>
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
              onEnd={readMore}
              isLoadingMore={isFetchingNextPage}
            />
          );
        }}
      </Loaded>
    </SettingsPage>
  );
}
