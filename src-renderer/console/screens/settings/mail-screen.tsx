import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { MailSettingsInput, type MailSettings } from '#server/mail/mail.contract.ts';
import { mailSettingsQuery, saveMailSettings } from '../../../api/mail.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Section } from '../../../ui/page.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { useEditedForm } from '../../use-edited-form.ts';
import { MailForm, newMail, type MailDraft } from './mail-form.tsx';
import { MailTest } from './mail-test.tsx';
import { Outbox } from './outbox.tsx';
import { SettingsForm } from './settings-form.tsx';
import { SettingsPage } from './settings-page.tsx';

const labels = {
  fromAddress: 'Sender’s address',
  fromName: 'Sender’s name',
  host: 'Mail server',
  port: 'Port',
  security: 'Security',
  username: 'User name',
  password: 'Password',
};

const rules = MailSettingsInput.omit({ password: true });

/** How mail leaves, a test that shows what the server says, and what became of each mail. */
export function MailScreen() {
  const mail = useQuery(mailSettingsQuery);
  return (
    <SettingsPage title="Mail">
      <Loaded query={mail} failed="The mail server’s settings could not be read" skeleton={<MailSkeleton />}>
        {(stored) => <MailSections stored={stored} />}
      </Loaded>
      <Section title="Outgoing mail">
        <Outbox />
      </Section>
    </SettingsPage>
  );
}

function MailSkeleton() {
  return (
    <Section title="Mail server">
      <FormSkeleton />
    </Section>
  );
}

function MailSections({ stored }: { readonly stored: MailSettings }) {
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const form = useEditedForm<MailDraft, MailSettings>({
    place: 'settings.mail',
    stored: stored === null ? newMail : draftOf(stored),
    fields: rules,
    rules,
    save: (value) => saveMailSettings(withPassword(value, password)),
    onSaved: (saved) => {
      setPassword('');
      queries.setQueryData(mailSettingsQuery.queryKey, saved);
    },
  });
  if (form === undefined) return <FormSkeleton />;
  const isChanged = form.isChanged || password !== '';
  return (
    <>
      <Section title="Mail server" lead="Used for invitations, password links and answers to customers. Until it is set up, links can be copied by hand.">
        <SettingsForm form={{ ...form, isChanged }} failed="The mail server was not saved" labels={labels}>
          <MailForm
            draft={form.value}
            problems={form.problems}
            onEdit={form.edit}
            password={password}
            hasPassword={stored?.hasPassword ?? false}
            onPassword={setPassword}
          />
        </SettingsForm>
      </Section>
      <Section title="Test" lead="Sends one mail with what stands above, saved or not.">
        <MailTest settings={withPassword(form.value, password)} />
      </Section>
    </>
  );
}

function draftOf({ hasPassword: _known, ...settings }: NonNullable<MailSettings>): MailDraft {
  return settings;
}

function withPassword(draft: MailDraft, password: string): MailSettingsInput {
  return password === '' ? draft : { ...draft, password };
}
