import { ActionIcon, Menu } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Company } from '#server/people/people.contract.ts';
import { companyQuery, contactsQuery, removeCompany } from '../../../api/people.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { FormSkeleton, TextSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { CompanyDetails } from './company-details.tsx';
import styles from './company-screen.module.css';
import { MoreButton } from './more-button.tsx';
import { RecordDeals } from './record-deals.tsx';
import { Quiet, RecordPage, RecordPart } from './record-page.tsx';
import { RecordTickets } from './record-tickets.tsx';
import { RecordTimeline } from './record-timeline.tsx';

const route = getRouteApi('/people/companies/$companyId');
const back = { to: '/people/companies', label: 'Companies' } as const;

/** A company: what it is, who belongs to it, what goes on with it. */
export function CompanyScreen() {
  const { companyId } = route.useParams();
  const company = useQuery(companyQuery(companyId));
  return (
    <Loaded
      query={company}
      failed="The company could not be read"
      skeleton={
        <RecordPage back={back} details={<FormSkeleton fields={5} />}>
          <FormSkeleton />
        </RecordPage>
      }
    >
      {(found) => (
        <RecordPage
          key={found.id}
          back={back}
          aside={found.openTickets === 0 ? null : <Chip tone="on">{found.openTickets === 1 ? '1 open ticket' : `${found.openTickets} open tickets`}</Chip>}
          actions={<CompanyActions company={found} />}
          details={
            <>
              <CompanyDetails company={found} />
              <RecordDeals of={{ companyId: found.id }} start={{ company: { id: found.id, name: found.name } }} />
            </>
          }
        >
          <CompanyPeople company={found} />
          <RecordTickets of={{ companyId: found.id }} />
          <RecordTimeline kind="companies" id={found.id} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function CompanyPeople({ company }: { readonly company: Company }) {
  const query = useInfiniteQuery(contactsQuery({ companyId: company.id }));
  return (
    <RecordPart title={company.contactCount === 1 ? '1 person' : `${company.contactCount.toLocaleString('en')} people`}>
      <Loaded
        query={{ ...query, data: query.data?.pages.flatMap((page) => page.items) }}
        failed="The people could not be read"
        skeleton={<TextSkeleton lines={3} />}
      >
        {(people) =>
          people.length === 0 ? (
            <Quiet>Nobody belongs to this company yet. Choose it on a contact’s page.</Quiet>
          ) : (
            <ul className={styles.people}>
              {people.map((contact) => (
                <li key={contact.id}>
                  <Link to="/people/$contactId" params={{ contactId: contact.id }} className={styles.person ?? ''}>
                    <Avatar name={contact.displayName} size={28} />
                    <span className={styles.names}>
                      <bdi className={styles.name}>{contact.displayName}</bdi>
                      <bdi className={styles.detail}>{contact.primaryNumber ?? contact.email}</bdi>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton query={query} label="Show more people" />
    </RecordPart>
  );
}

function CompanyActions({ company }: { readonly company: Company }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeCompany(company.id),
    async onSuccess() {
      showToast(`${company.name} was removed`);
      await navigate({ to: '/people/companies' });
      await Promise.all([queries.invalidateQueries({ queryKey: ['companies', 'list'] }), queries.invalidateQueries({ queryKey: ['contacts'] })]);
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label="More to do with this company" variant="default" size={34}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" onClick={() => setRemoving(true)}>
            Remove the company
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmByName
        isOpen={isRemoving}
        title="Remove this company"
        name={company.name}
        confirmLabel="Remove"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      >
        The company and its numbers go. Its people and tickets stay, without a company. This can’t be undone.
      </ConfirmByName>
    </>
  );
}
