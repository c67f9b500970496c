import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Contact } from '#server/people/people.contract.ts';
import { contactQuery, removeContact } from '../../../api/people.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Chip } from '../../../ui/chip.tsx';
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showToast } from '../../../ui/toasts.tsx';
import { ContactDetails } from './contact-details.tsx';
import { ContactLists } from './contact-lists.tsx';
import { ContactPortal } from './contact-portal.tsx';
import { RecordDeals } from './record-deals.tsx';
import { RecordPage } from './record-page.tsx';
import { RecordTickets } from './record-tickets.tsx';
import { RecordTimeline } from './record-timeline.tsx';

const route = getRouteApi('/people/$contactId');

const back = { to: '/people', label: 'Contacts' } as const;

const skeleton = (
  <RecordPage back={back} details={<FormSkeleton fields={6} />}>
    <FormSkeleton />
  </RecordPage>
);

/** A person: who it is, what there is between us, and the way into the portal. */
export function ContactScreen() {
  const { contactId } = route.useParams();
  const contact = useQuery(contactQuery(contactId));
  return (
    <Loaded query={contact} failed="The contact could not be read" skeleton={skeleton}>
      {(found) => (
        <RecordPage
          key={found.id}
          back={back}
          aside={found.openTickets === 0 ? null : <Chip tone="on">{found.openTickets === 1 ? '1 open ticket' : `${found.openTickets} open tickets`}</Chip>}
          actions={<ContactActions contact={found} />}
          details={
            <>
              <ContactDetails contact={found} />
              <ContactPortal contact={found} />
              <ContactLists contact={found} />
              <RecordDeals of={{ contactId: found.id }} start={{ company: found.company, people: [{ id: found.id, name: found.displayName }] }} />
            </>
          }
        >
          <RecordTickets of={{ contactId: found.id }} contactId={found.id} />
          <RecordTimeline kind="contacts" id={found.id} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function ContactActions({ contact }: { readonly contact: Contact }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeContact(contact.id),
    async onSuccess() {
      showToast(`${contact.displayName} was removed`);
      await navigate({ to: '/people' });
      await queries.invalidateQueries({ queryKey: ['contacts', 'list'] });
    },
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label="More to do with this contact" variant="default" size={34}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" onClick={() => setRemoving(true)}>
            Remove the contact
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmByName
        isOpen={isRemoving}
        title="Remove this contact"
        name={contact.displayName}
        confirmLabel="Remove"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      >
        The contact, its numbers and its access to the portal go, and the phones forget it at their next sync. Its tickets stay, without a contact. This can’t
        be undone.
      </ConfirmByName>
    </>
  );
}
