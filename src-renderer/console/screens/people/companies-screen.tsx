import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Building2, SearchX } from 'lucide-react';
import type { CompanySummary } from '#server/people/people.contract.ts';
import { companiesQuery } from '../../../api/people.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListSkeleton } from '../../../ui/states.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import styles from './contacts-screen.module.css';
import { PeopleFrame } from './people-frame.tsx';

const route = getRouteApi('/people/companies');

const columns: readonly Column<CompanySummary>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(180px, 2fr)',
    cell: (company) => (
      <span className={styles.name}>
        <Avatar name={company.name} size={26} />
        <bdi className={styles.text}>{company.name}</bdi>
      </span>
    ),
  },
  { key: 'domain', header: 'Domain', width: 'minmax(120px, 1.4fr)', isOptional: true, cell: (company) => <bdi>{company.domain}</bdi> },
  { key: 'city', header: 'City', width: 'minmax(100px, 1fr)', cell: (company) => <bdi>{company.city}</bdi> },
  { key: 'activity', header: 'Last activity', width: '104px', align: 'end', isOptional: true, cell: (company) => <RelativeTime at={company.lastActivityAt} /> },
];

/** All companies, those with the newest activity first. */
export function CompaniesScreen() {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...companiesQuery(search === undefined ? {} : { search }), placeholderData: (before) => before });
  const add = (
    <ButtonLink to="/people/companies/new" variant="filled">
      Add a company
    </ButtonLink>
  );
  return (
    <div data-search-scope className={styles.screen}>
      <PeopleFrame
        actions={add}
        tools={
          <SearchField
            label="Name, domain, city or number"
            value={search ?? ''}
            onSearch={(next) => void navigate({ to: '.', search: next === '' ? {} : { search: next }, replace: true })}
          />
        }
      >
        <Loaded
          query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
          failed="The companies could not be read"
          skeleton={<ListSkeleton rows={14} />}
        >
          {(companies) =>
            companies.length === 0 ? (
              <NoCompanies search={search} />
            ) : (
              <DataTable
                label="Companies"
                columns={columns}
                rows={companies}
                rowKey={(company) => company.id}
                isLoadingMore={query.isFetchingNextPage}
                onOpen={(company) => void navigate({ to: '/people/companies/$companyId', params: { companyId: company.id } })}
                {...(query.hasNextPage ? { onEnd: () => void query.fetchNextPage() } : {})}
              />
            )
          }
        </Loaded>
      </PeopleFrame>
    </div>
  );
}

function NoCompanies({ search }: { readonly search: string | undefined }) {
  if (search !== undefined) {
    return (
      <EmptyState icon={SearchX} title={`No company fits “${search}”`}>
        Companies are found by the start of any word of their name, domain or city, and by a number.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Building2}
      title="No companies yet"
      action={
        <ButtonLink to="/imports" variant="filled">
          Import a file
        </ButtonLink>
      }
    >
      Companies come with imported contacts. They tie colleagues together, on the portal and when one of their numbers rings.
    </EmptyState>
  );
}
