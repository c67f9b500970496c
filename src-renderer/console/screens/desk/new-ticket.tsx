import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { Priority } from '#server/tickets/tickets.contract.ts';
import { linkTicket } from '../../../api/calls.ts';
import { inboxesQuery } from '../../../api/conversations.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { addTicket } from '../../../api/tickets.ts';
import { useDraft } from '../../../api/use-draft.ts';
import { CheckboxField, FieldStack, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { ContactPicker, type PickedContact } from '../people/contact-picker.tsx';
import { priorities, ticketNumber } from './ticket-words.ts';
import styles from './new-ticket.module.css';

const NewTicketDraft = z.object({
  contact: z.object({ id: z.string(), name: z.string() }).nullable(),
  subject: z.string(),
  text: z.string(),
  inboxId: z.string().nullable(),
  priority: Priority,
  isFromCall: z.boolean(),
});
type NewTicketDraft = z.infer<typeof NewTicketDraft>;

const empty: NewTicketDraft = { contact: null, subject: '', text: '', inboxId: null, priority: 'medium', isFromCall: false };

const labels = { subject: 'What it is about', text: 'What was said', contactId: 'Contact', inboxId: 'Inbox' };

interface NewTicketProps {
  /** Who it is for and which call it came by, when one comes from a ringing phone or a contact's page. */
  readonly contact?: PickedContact | undefined;
  readonly callId?: string | undefined;
  readonly onCancel: () => void;
}

/** A ticket opened by hand: after a phone call, a visit, a letter. */
export function NewTicket({ contact, callId, onCancel }: NewTicketProps) {
  const place = ['ticket-new', callId ?? contact?.id].filter((part) => part !== undefined).join('.');
  const start = { ...empty, contact: contact ?? null, isFromCall: callId !== undefined };
  return <NewTicketForm key={place} place={place} start={start} callId={callId} onCancel={onCancel} />;
}

interface NewTicketFormProps extends Pick<NewTicketProps, 'callId' | 'onCancel'> {
  readonly place: string;
  readonly start: NewTicketDraft;
}

function NewTicketForm({ place, start, callId, onCancel }: NewTicketFormProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const inboxes = useQuery(inboxesQuery);
  const draft = useDraft({ place, schema: NewTicketDraft, empty: start, isEmpty: ({ subject, text }) => subject.trim() === '' && text.trim() === '' });
  const { body } = draft;
  const create = useMutation({
    mutationFn: () =>
      addTicket({
        subject: body.subject,
        text: body.text,
        contactId: body.contact?.id ?? null,
        priority: body.priority,
        source: body.isFromCall ? 'phone' : 'desk',
        ...(body.inboxId === null ? {} : { inboxId: body.inboxId }),
        ...(callId === undefined ? {} : { callId }),
      }),
    async onSuccess(ticket) {
      draft.clear();
      if (callId !== undefined) await linkTicket(callId, { ticketId: ticket.id, note: false });
      await queries.invalidateQueries({ queryKey: ['tickets'] });
      showToast(`Ticket ${ticketNumber(ticket.number)} opened`);
      await navigate({ to: '/desk/$ticketId', params: { ticketId: ticket.id } });
    },
  });
  const problems = fieldProblems(create.error);
  const edit = (patch: Partial<NewTicketDraft>) => draft.edit({ ...body, ...patch });

  return (
    <Page>
      <PageHeader title="Open a ticket" />
      <PageBody>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <ProblemSummary error={create.error} title="The ticket was not opened" labels={labels} />
          <FieldStack width={620}>
            <ContactPicker
              label={labels.contactId}
              hint="Who asked. Leave it empty when you don’t know yet."
              problem={problems['contactId']}
              value={body.contact}
              autoFocus={body.contact === null}
              onChange={(chosen) => edit({ contact: chosen })}
            />
            <TextField
              label={labels.subject}
              value={body.subject}
              maxLength={200}
              problem={problems['subject']}
              autoFocus={body.contact !== null}
              onChange={(subject) => edit({ subject })}
            />
            <TextAreaField
              label={labels.text}
              hint="As the customer told it. The customer sees it on the portal."
              rows={6}
              value={body.text}
              problem={problems['text']}
              onChange={(text) => edit({ text })}
            />
            <div className={styles.pair}>
              <SelectField
                label={labels.inboxId}
                value={body.inboxId ?? inboxes.data?.[0]?.id ?? null}
                choices={(inboxes.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                problem={problems['inboxId']}
                onChange={(inboxId) => edit({ inboxId })}
              />
              <SelectField label="Priority" value={body.priority} choices={priorities} onChange={(value) => edit({ priority: Priority.parse(value) })} />
            </div>
            <CheckboxField label="It came by phone" checked={body.isFromCall} onChange={(isFromCall) => edit({ isFromCall })} />
          </FieldStack>
          <footer className={styles.foot}>
            <Button type="submit" variant="filled" loading={create.isPending}>
              Open the ticket
            </Button>
            <Button onClick={onCancel}>Not now</Button>
            <span className={styles.kept}>What you type is kept.</span>
          </footer>
        </form>
      </PageBody>
    </Page>
  );
}
