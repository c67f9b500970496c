import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Call } from '#server/calls/calls.contract.ts';
import { contactQuery } from '../../../api/people.ts';
import { KeyValue } from '../../../ui/key-value.tsx';
import { PhoneNumberText } from '../../../ui/phone-number-text.tsx';
import { exactTime } from '../../../ui/time.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { ticketNumber } from '../desk/ticket-words.ts';
import { callInWords, durationInWords, matchKindInWords } from './call-words.ts';
import { WhoItWas } from './who-it-was.tsx';
import styles from './call-drawer.module.css';
import { OutcomeForm } from './outcome-form.tsx';

/** One call beside the log: who it was, how it went, what follows. */
export function CallDrawer({ call, onClose }: { readonly call: Call | undefined; readonly onClose: () => void }) {
  return (
    <Drawer opened={call !== undefined} onClose={onClose} position="right" size={460} title={call === undefined ? 'Call' : <bdi>{call.display}</bdi>}>
      {call === undefined ? null : <CallDetails key={call.id} call={call} onClose={onClose} />}
    </Drawer>
  );
}

function CallDetails({ call, onClose }: { readonly call: Call; readonly onClose: () => void }) {
  const contact = useQuery({ ...contactQuery(call.contact?.id ?? ''), enabled: call.contact !== null });
  return (
    <div className={styles.call}>
      <KeyValue
        labelWidth={104}
        rows={[
          ['Call', callInWords(call)],
          ['When', exactTime(call.startedAt)],
          ['Lasted', call.durationSeconds === null ? null : durationInWords(call.durationSeconds)],
          ['Number', call.isWithheld ? 'Withheld' : <PhoneNumberText key="number" display={call.displayNumber} e164={call.number} />],
          [
            'Contact',
            call.contact === null ? null : (
              <Link key="contact" to="/people/$contactId" params={{ contactId: call.contact.id }} className={styles.link ?? ''}>
                <bdi>{call.contact.name}</bdi>
              </Link>
            ),
          ],
          ['Job', contact.data?.jobTitle],
          ['E-mail', contact.data?.email],
          ['Open tickets', contact.data?.openTickets],
          [
            'Company',
            call.company === null ? null : (
              <Link key="company" to="/people/companies/$companyId" params={{ companyId: call.company.id }} className={styles.link ?? ''}>
                <bdi>{call.company.name}</bdi>
              </Link>
            ),
          ],
          ['Match', matchKindInWords(call.matchKind)],
          ['Phone showed', call.label === null || call.label === call.display ? null : <bdi key="label">{call.label}</bdi>],
          ['Phone of', call.agent === null ? null : <bdi key="agent">{call.agent.name}</bdi>],
          [
            'Ticket',
            call.ticket === null ? null : (
              <Link key="ticket" to="/desk/$ticketId" params={{ ticketId: call.ticket.id }} className={styles.link ?? ''}>
                {ticketNumber(call.ticket.number)} <bdi>{call.ticket.subject}</bdi>
              </Link>
            ),
          ],
        ]}
      />
      <WhoItWas call={call} />
      <div className={styles.actions}>
        {call.contact === null && call.number !== null ? (
          <ButtonLink size="xs" to="/people/new" search={{ name: call.number }}>
            Add as a contact
          </ButtonLink>
        ) : null}
        <ButtonLink size="xs" to="/desk/new" search={{ callId: call.id, ...(call.contact === null ? {} : { contactId: call.contact.id }) }}>
          Open a ticket for it
        </ButtonLink>
        {call.isWithheld ? null : (
          <ButtonLink size="xs" to="/people/simulate" search={{ search: call.number ?? call.displayNumber }}>
            Why this name
          </ButtonLink>
        )}
      </div>
      <OutcomeForm call={call} onSaved={onClose} />
    </div>
  );
}
