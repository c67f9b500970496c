import { Drawer } from '@mantine/core';
import type { AuditEntry } from '#server/audit/audit.contract.ts';
import { KeyValue, type KeyValueRow } from '../../../ui/key-value.tsx';
import { exactTime } from '../../../ui/time.ts';
import { detailLines } from './audit-detail.ts';
import { actInWords } from './audit-words.ts';

/** One act beside the log, with everything that was written down of it. */
export function AuditDrawer({ entry, onClose }: { readonly entry: AuditEntry | undefined; readonly onClose: () => void }) {
  return (
    <Drawer opened={entry !== undefined} onClose={onClose} position="right" size={460} title={entry === undefined ? 'Act' : actInWords(entry.action)}>
      {entry === undefined ? null : <KeyValue labelWidth={150} rows={rowsOf(entry)} />}
    </Drawer>
  );
}

function rowsOf({ at, actor, target, detail }: AuditEntry): KeyValueRow[] {
  const details = detailLines(detail).map(([label, value]): KeyValueRow => [label, <bdi key={label}>{value}</bdi>]);
  return [
    ['When', exactTime(at)],
    ['Who', <bdi key="who">{actor.name}</bdi>],
    ['To what', target === null ? null : <bdi key="what">{target.name}</bdi>],
    ...details,
  ];
}
