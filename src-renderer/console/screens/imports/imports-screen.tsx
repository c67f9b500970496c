import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import type { ImportBatch } from '#server/imports/imports.contract.ts';
import { importPagesQuery } from '../../../api/imports.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { MoreButton } from '../people/more-button.tsx';
import { isWorking } from './import-progress.ts';
import { batchState, counted } from './import-words.ts';
import styles from './imports-screen.module.css';

/** Everything that was ever imported, the newest first. */
export function ImportsScreen() {
  const imports = useInfiniteQuery({
    ...importPagesQuery(),
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isWorking)) === true ? 1000 : false),
  });
  return (
    <Page>
      <PageHeader
        title="Imports"
        actions={
          <ButtonLink to="/imports/new" variant="filled" leftSection={<Upload size={15} aria-hidden="true" />}>
            Import a file
          </ButtonLink>
        }
      />
      <PageBody>
        <Loaded
          query={{ ...imports, data: imports.data?.pages.flatMap((page) => page.items) }}
          failed="The imports could not be read"
          skeleton={<ListSkeleton rows={5} height={64} />}
        >
          {(batches) =>
            batches.length === 0 ? (
              <EmptyState
                icon={Upload}
                title="Nothing was imported yet"
                action={
                  <ButtonLink to="/imports/new" variant="filled">
                    Import a file
                  </ButtonLink>
                }
              >
                Contacts, companies, tickets and deals come in as a table from HubSpot, Excel, Google or Outlook. You see what would happen before it does, and
                can take it back.
              </EmptyState>
            ) : (
              <ul className={styles.imports}>
                {batches.map((batch) => (
                  <li key={batch.id}>
                    <ImportRow batch={batch} />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        <MoreButton query={imports} label="Show older imports" />
      </PageBody>
    </Page>
  );
}

const tones: Readonly<Record<ImportBatch['state'], Tone>> = {
  analysed: 'warn',
  'dry-running': 'on',
  checked: 'warn',
  running: 'on',
  done: 'quiet',
  failed: 'bad',
  cancelled: 'quiet',
  undoing: 'on',
  undone: 'quiet',
};

function ImportRow({ batch }: { readonly batch: ImportBatch }) {
  return (
    <Link to="/imports/$importId" params={{ importId: batch.id }} className={styles.row ?? ''}>
      <span className={styles.what}>
        <bdi className={styles.name}>{batch.fileName}</bdi>
        <span className={styles.quiet}>{summaryOf(batch)}</span>
      </span>
      <Chip tone={tones[batch.state]} dot={isWorking(batch)}>
        {batchState(batch.state)}
      </Chip>
      <span className={styles.at}>
        <RelativeTime at={batch.createdAt} />
      </span>
    </Link>
  );
}

function summaryOf({ state, progress, object, options, analysis }: ImportBatch): string {
  const kind = options?.object ?? object;
  if (state === 'analysed' || state === 'checked') return `${counted(analysis.rowCount, kind)} in the file`;
  if (state === 'running' || state === 'dry-running' || state === 'undoing')
    return `${progress.rowsDone.toLocaleString('en')} of ${progress.rowsTotal.toLocaleString('en')} rows`;
  const parts = [
    progress.created > 0 ? `${counted(progress.created, kind)} added` : undefined,
    progress.updated > 0 ? `${progress.updated.toLocaleString('en')} changed` : undefined,
    progress.failed > 0 ? `${progress.failed.toLocaleString('en')} not taken` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'Nothing was new' : parts.join(', ');
}
