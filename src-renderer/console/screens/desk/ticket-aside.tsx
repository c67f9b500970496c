import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EyeOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Contact, Engagement } from '#server/people/people.contract.ts';
import type { Ticket } from '#server/tickets/tickets.contract.ts';
import { inboxesQuery } from '../../../api/conversations.ts';
import { contactQuery, timelineQuery } from '../../../api/people.ts';
import { agentsQuery } from '../../../api/team.ts';
import { pipelinesQuery } from '../../../api/tickets.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { EmailText } from '../../../ui/email-text.tsx';
import { KeyValue } from '../../../ui/key-value.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { MoneyText } from '../../../ui/money.tsx';
import { PhoneNumberText } from '../../../ui/phone-number-text.tsx';
import { QuietSelect } from '../../../ui/quiet-select.tsx';
import { TextSkeleton } from '../../../ui/states.tsx';
import { ContactPicker } from '../people/contact-picker.tsx';
import { languageName, numberLabel } from '../people/people-words.ts';
import { ShortTimeline } from '../people/timeline-list.tsx';
import { MessageTime } from './message-time.tsx';
import styles from './ticket-aside.module.css';
import { priorities, sourceInWords, ticketNumber } from './ticket-words.ts';
import { useTicketChange } from './use-ticket-change.ts';

/** Who asks, what kind of ticket it is, what else there is between us. */
export function TicketAside({ ticket }: { readonly ticket: Ticket }) {
  return (
    <div className={styles.aside}>
      <ContactPart ticket={ticket} />
      <TicketPart ticket={ticket} />
      {ticket.contact === null ? null : <HistoryPart contactId={ticket.contact.id} />}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

function ContactPart({ ticket }: { readonly ticket: Ticket }) {
  const contactId = ticket.contact?.id;
  const contact = useQuery({ ...contactQuery(contactId ?? ''), enabled: contactId !== undefined });
  return (
    <Part title="Contact">
      {contactId === undefined ? (
        <ChooseContact ticketId={ticket.id} />
      ) : (
        <Loaded query={contact} failed="The contact could not be read" skeleton={<TextSkeleton lines={4} />}>
          {(found) => <ContactCard contact={found} />}
        </Loaded>
      )}
    </Part>
  );
}

function ContactCard({ contact }: { readonly contact: Contact }) {
  const numbers = contact.numbers.map((number) => {
    const isReadable = number.kind !== 'unreadable';
    return [
      numberLabel(number),
      isReadable ? <PhoneNumberText key={number.id} display={number.display} e164={number.e164} /> : <bdi key={number.id}>{number.raw}</bdi>,
    ] as const;
  });
  return (
    <>
      <Link to="/people/$contactId" params={{ contactId: contact.id }} className={styles.who ?? ''}>
        <Avatar name={contact.displayName} />
        <span className={styles.names}>
          <bdi className={styles.name}>{contact.displayName}</bdi>
          <bdi className={styles.company}>{contact.company?.name ?? contact.jobTitle}</bdi>
        </span>
      </Link>
      <KeyValue
        labelWidth={80}
        rows={[
          ...numbers,
          ['E-mail', contact.email === null ? null : <EmailText key="email" address={contact.email} />],
          ['Language', contact.language === null ? null : languageName(contact.language)],
        ]}
      />
      {contact.openDeals.length === 0 ? null : (
        <div className={styles.deals}>
          <h2 className={styles.title}>{contact.openDeals.length === 1 ? 'Open deal' : 'Open deals'}</h2>
          <ul className={styles.dealList}>
            {contact.openDeals.map((deal) => (
              <li key={deal.id}>
                <bdi>{deal.name}</bdi>
                {deal.value === null ? null : <MoneyText value={deal.value} />}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function ChooseContact({ ticketId }: { readonly ticketId: string }) {
  const change = useTicketChange(ticketId);
  const [isChoosing, setChoosing] = useState(false);
  if (!isChoosing) {
    return (
      <div className={styles.nobody}>
        <p>Nobody is tied to this ticket yet, so nobody would read a reply.</p>
        <Button size="xs" onClick={() => setChoosing(true)}>
          Choose the contact
        </Button>
      </div>
    );
  }
  return <ContactPicker label="Contact" value={null} autoFocus onChange={(contact) => contact !== null && change.mutate({ contactId: contact.id })} />;
}

function TicketPart({ ticket }: { readonly ticket: Ticket }) {
  const inboxes = useQuery(inboxesQuery);
  const pipelines = useQuery(pipelinesQuery);
  const agents = useQuery(agentsQuery);
  const change = useTicketChange(ticket.id);
  const stages = pipelines.data?.find((pipeline) => pipeline.id === ticket.pipelineId)?.stages ?? [ticket.stage];
  return (
    <Part title={`Ticket ${ticketNumber(ticket.number)}`}>
      {ticket.isReleased ? null : <HiddenNotice isBusy={change.isPending} onRelease={() => change.mutate({ isReleased: true })} />}
      <KeyValue
        labelWidth={80}
        rows={[
          [
            'Inbox',
            <QuietSelect
              key="inbox"
              label="Inbox"
              value={ticket.inbox?.id ?? null}
              choices={choicesOf(inboxes.data ?? (ticket.inbox === null ? [] : [ticket.inbox]))}
              onChange={(inboxId) => change.mutate({ inboxId })}
            />,
          ],
          [
            'Stage',
            <QuietSelect key="stage" label="Stage" value={ticket.stage.id} choices={choicesOf(stages)} onChange={(stageId) => change.mutate({ stageId })} />,
          ],
          [
            'Priority',
            <QuietSelect
              key="priority"
              label="Priority"
              value={ticket.priority}
              choices={priorities}
              onChange={(value) => change.mutate({ priority: priorities.find((one) => one.value === value)?.value ?? 'medium' })}
            />,
          ],
          [
            'Assigned to',
            <QuietSelect
              key="assignee"
              label="Assigned to"
              value={ticket.assignee?.id ?? null}
              placeholder="Nobody"
              choices={choicesOf((agents.data ?? []).filter((agent) => agent.isActive))}
              onChange={(assigneeId) => change.mutate({ assigneeId })}
            />,
          ],
          ['Opened', <MessageTime key="opened" at={ticket.createdAt} />],
          ['Closed', ticket.closedAt === null ? null : <MessageTime key="closed" at={ticket.closedAt} />],
          ['Came by', sourceInWords(ticket.source)],
          ['Category', ticket.category],
          ...Object.entries(ticket.properties).map(([name, value]) => [name, <bdi key={name}>{value}</bdi>] as const),
        ]}
      />
    </Part>
  );
}

function HiddenNotice({ isBusy, onRelease }: { readonly isBusy: boolean; readonly onRelease: () => void }) {
  return (
    <div className={styles.hidden}>
      <p>
        <EyeOff size={14} aria-hidden="true" /> Imported, and not shown to the customer yet.
      </p>
      <Button size="xs" loading={isBusy} onClick={onRelease}>
        Show it on the portal
      </Button>
    </div>
  );
}

/** What was written stands in conversations; here is what else there was between us. */
function isBesideTheConversation({ kind }: Engagement): boolean {
  return kind !== 'message' && kind !== 'note';
}

function HistoryPart({ contactId }: { readonly contactId: string }) {
  const timeline = useInfiniteQuery(timelineQuery({ kind: 'contacts', id: contactId }));
  return (
    <Part title="Timeline">
      <Loaded query={{ ...timeline, data: timeline.data?.pages[0]?.items }} failed="The timeline could not be read" skeleton={<TextSkeleton lines={3} />}>
        {(entries) => <ShortTimeline entries={entries.filter(isBesideTheConversation).slice(0, 8)} />}
      </Loaded>
    </Part>
  );
}

function choicesOf(items: readonly { readonly id: string; readonly name: string }[]) {
  return items.map(({ id, name }) => ({ value: id, label: name }));
}
