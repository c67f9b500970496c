import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PhoneCall } from 'lucide-react';
import { numberProblemsQuery } from '../../../api/phone-numbers.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { MoreButton } from './more-button.tsx';
import { NumberProblemRow } from './number-problem-row.tsx';
import styles from './numbers-screen.module.css';

/** Numbers nobody can be rung up by: what is wrong with each, and what it probably should be. */
export function NumbersScreen() {
  const query = useInfiniteQuery(numberProblemsQuery());
  const total = query.data?.pages[0]?.total;
  return (
    <Page>
      <PageHeader
        title="Numbers that can’t be read"
        aside={total === undefined || total === 0 ? null : <Chip tone="warn">{total.toLocaleString('en')}</Chip>}
        actions={<ButtonLink to="/people/simulate">Simulate a call</ButtonLink>}
      />
      <PageBody width="wide">
        <Loaded
          query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
          failed="The numbers could not be read"
          skeleton={<ListSkeleton height={64} />}
        >
          {(problems) =>
            problems.length === 0 ? (
              <EmptyState icon={PhoneCall} title="Every number can ring a name">
                Numbers that were typed or imported in a way nobody can dial will be listed here, with a suggestion.
              </EmptyState>
            ) : (
              <>
                <p className={styles.lead}>
                  These can’t be dialled as they stand, so they can’t ring a name. Nothing is lost: what was entered is kept until you mend it.
                </p>
                <ul className={styles.list}>
                  {problems.map((problem) => (
                    <li key={problem.number.id}>
                      <NumberProblemRow problem={problem} owner={<Owner owner={problem.owner} />} />
                    </li>
                  ))}
                </ul>
                <MoreButton query={query} label="Show more numbers" />
              </>
            )
          }
        </Loaded>
      </PageBody>
    </Page>
  );
}

function Owner({ owner }: { readonly owner: { readonly kind: 'contact' | 'company'; readonly id: string; readonly name: string } }) {
  if (owner.kind === 'company') {
    return (
      <Link to="/people/companies/$companyId" params={{ companyId: owner.id }}>
        <bdi>{owner.name}</bdi>
      </Link>
    );
  }
  return (
    <Link to="/people/$contactId" params={{ contactId: owner.id }}>
      <bdi>{owner.name}</bdi>
    </Link>
  );
}
