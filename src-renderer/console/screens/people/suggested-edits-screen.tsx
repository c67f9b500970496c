import { useInfiniteQuery } from '@tanstack/react-query';
import { PencilLine } from 'lucide-react';
import { suggestedEditsQuery } from '../../../api/suggested-edits.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { MoreButton } from './more-button.tsx';
import { SuggestedEditRow } from './suggested-edit-row.tsx';
import styles from './suggested-edits.module.css';

/** What people changed in the address books of their phones: taken over or left, one by one. */
export function SuggestedEditsScreen() {
  const query = useInfiniteQuery(suggestedEditsQuery());
  const total = query.data?.pages[0]?.total;
  return (
    <Page>
      <PageHeader
        title="Suggested edits"
        aside={total === undefined || total === 0 ? null : <Chip tone="warn">{total >= 1000 ? 'over 1,000' : total.toLocaleString('en')}</Chip>}
      />
      <PageBody width="wide">
        <Loaded
          query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
          failed="The suggested edits could not be read"
          skeleton={<ListSkeleton height={96} />}
        >
          {(edits) =>
            edits.length === 0 ? (
              <EmptyState icon={PencilLine} title="Nothing to decide">
                When somebody edits a contact on their phone, the phone gets our version back and the edit waits here for you.
              </EmptyState>
            ) : (
              <>
                <p className={styles.lead}>These were typed on phones. Nothing has changed here yet: accept what is right, dismiss the rest.</p>
                <ul className={styles.list}>
                  {edits.map((edit) => (
                    <li key={edit.id}>
                      <SuggestedEditRow edit={edit} />
                    </li>
                  ))}
                </ul>
                <MoreButton query={query} label="Show more edits" />
              </>
            )
          }
        </Loaded>
      </PageBody>
    </Page>
  );
}
