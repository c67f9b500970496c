import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { contactQuery } from '../../../api/people.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { NewTicket } from './new-ticket.tsx';

const route = getRouteApi('/desk/new');

/** The form for a new ticket, for the contact and the call it was opened from. */
export function NewTicketScreen() {
  const { contactId, callId } = route.useSearch();
  const navigate = route.useNavigate();
  const contact = useQuery({ ...contactQuery(contactId ?? ''), enabled: contactId !== undefined });
  const onCancel = () => void navigate({ to: '/desk', search: {} });
  if (contactId === undefined) return <NewTicket callId={callId} onCancel={onCancel} />;
  return (
    <Loaded query={contact} failed="The contact could not be read" skeleton={<FormSkeleton />}>
      {({ id, displayName }) => <NewTicket contact={{ id, name: displayName }} callId={callId} onCancel={onCancel} />}
    </Loaded>
  );
}
