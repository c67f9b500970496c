import { useInfiniteQuery } from '@tanstack/react-query';
import { timelineQuery } from '../../../api/people.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { MoreButton } from './more-button.tsx';
import { RecordPart } from './record-page.tsx';
import { TimelineList } from './timeline-list.tsx';

/** Everything that happened with a person or a company. */
export function RecordTimeline({ kind, id }: { readonly kind: 'contacts' | 'companies'; readonly id: string }) {
  const query = useInfiniteQuery(timelineQuery({ kind, id }));
  return (
    <RecordPart title="Timeline">
      <Loaded
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        failed="The timeline could not be read"
        skeleton={<TextSkeleton lines={4} />}
      >
        {(entries) => <TimelineList entries={entries} />}
      </Loaded>
      <MoreButton query={query} label="Show what came before" />
    </RecordPart>
  );
}
