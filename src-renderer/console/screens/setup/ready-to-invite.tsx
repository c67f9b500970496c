import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Contact } from '#server/people/people.contract.ts';
import { changeContact } from '../../../api/people.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { CheckList, type CheckLine } from '../../../ui/check-list.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { Card } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import styles from './setup.module.css';

interface ReadyToInviteProps {
  readonly contact: Contact;
  readonly canMail: boolean;
  readonly isPortalOff: boolean;
}

/** Whether the invitation will work, checked as one chooses; what is missing can be mended here. */
export function ReadyToInvite({ contact, canMail, isPortalOff }: ReadyToInviteProps) {
  const lines: readonly CheckLine[] = [
    contact.email === null
      ? { key: 'email', state: 'failed', message: `${contact.displayName} has no e-mail address yet. It is what they sign in with.` }
      : { key: 'email', state: 'ok', message: `Signs in as ${contact.email}.` },
    isPortalOff
      ? { key: 'portal', state: 'failed', message: 'The portal is closed, so the link leads to a closed page until you open it in the step before.' }
      : { key: 'portal', state: 'ok', message: 'The portal is open.' },
    canMail
      ? { key: 'mail', state: 'ok', message: 'The invitation goes out by mail.' }
      : { key: 'mail', state: 'ok', message: 'Mail is not set up, so you get a link to hand over yourself.' },
  ];
  return (
    <Card>
      <CheckList label="Ready to invite" lines={lines} />
      {contact.email === null ? <MissingEmail contactId={contact.id} /> : null}
      {canMail ? null : (
        <p className={styles.aside}>
          <Link to="/settings/mail">Set up mail</Link> to have invitations sent. The wizard waits for you here.
        </p>
      )}
    </Card>
  );
}

function MissingEmail({ contactId }: { readonly contactId: string }) {
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const save = useMutation({
    mutationFn: () => changeContact(contactId, { email: email.trim() }),
    onSuccess: (contact) => queries.setQueryData(['contacts', 'one', contactId], contact),
  });
  return (
    <div className={styles.missing}>
      <TextField label="E-mail" type="email" value={email} problem={fieldProblems(save.error)['email']} onChange={setEmail} />
      <Button loading={save.isPending} disabled={email.trim() === ''} onClick={() => save.mutate()}>
        Save
      </Button>
      <ProblemSummary error={save.error} title="The address was not saved" labels={{ email: 'E-mail' }} />
    </div>
  );
}
