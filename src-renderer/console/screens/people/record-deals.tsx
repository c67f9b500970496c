import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Deal } from '#server/people/people.contract.ts';
import { dealsQuery } from '../../../api/people.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { MoneyText } from '../../../ui/money.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { newDeal, type DealDraft } from './deal-draft.ts';
import { DealDrawer } from './deal-drawer.tsx';
import { MoreButton } from './more-button.tsx';
import styles from './record-deals.module.css';
import { Quiet, RecordPart } from './record-page.tsx';

interface RecordDealsProps {
  readonly of: { readonly contactId: string } | { readonly companyId: string };
  /** What a deal added here starts with. */
  readonly start: Partial<DealDraft>;
}

/** The deals of a person or a company. */
export function RecordDeals({ of, start }: RecordDealsProps) {
  const query = useInfiniteQuery(dealsQuery(of));
  const [edited, setEdited] = useState<Deal | DealDraft>();
  return (
    <RecordPart
      title="Deals"
      action={
        <Button size="xs" onClick={() => setEdited(newDeal(start))}>
          Add a deal
        </Button>
      }
    >
      <Loaded
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        failed="The deals could not be read"
        skeleton={<TextSkeleton lines={2} />}
      >
        {(deals) =>
          deals.length === 0 ? (
            <Quiet>No deals.</Quiet>
          ) : (
            <ul className={styles.deals}>
              {deals.map((deal) => (
                <li key={deal.id}>
                  <button type="button" className={styles.deal} onClick={() => setEdited(deal)}>
                    <bdi className={styles.name}>{deal.name}</bdi>
                    {deal.isOpen ? null : <Chip>Closed</Chip>}
                    <span className={styles.value}>{deal.value === null ? '' : <MoneyText value={deal.value} />}</span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton query={query} label="Show older deals" />
      <DealDrawer deal={edited} onClose={() => setEdited(undefined)} />
    </RecordPart>
  );
}
