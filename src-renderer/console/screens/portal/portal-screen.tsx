import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { PortalSettings, PortalSettingsInput } from '#server/portal/portal.contract.ts';
import { addressQuery } from '../../../api/certificates.ts';
import { openOutside } from '../../../api/desktop.ts';
import { portalLanguagesQuery, portalSettingsQuery, savePortalSettings } from '../../../api/portal.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Section } from '../../../ui/page.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { PortalPreview } from '../../portal-preview.tsx';
import { useEditedForm } from '../../use-edited-form.ts';
import { languageChoices } from '../settings/company-form.tsx';
import { SettingsForm } from '../settings/settings-form.tsx';
import { PortalForm } from '../setup/portal-form.tsx';
import { PortalFrame } from './portal-frame.tsx';
import { PortalLanguagesField } from './portal-languages.tsx';
import { PortalRules } from './portal-rules.tsx';
import styles from './portal-screen.module.css';
import { PortalSwitch } from './portal-switch.tsx';

const labels = {
  title: 'Title',
  slug: 'Address',
  accent: 'Colour',
  languages: 'Languages',
  defaultLanguage: 'Language',
  idleMinutes: 'Sign out after',
  maxAttachmentMegabytes: 'Largest file',
  inboxId: 'Inbox',
};

/** How customers see and reach the portal, and what they may do there; the real pages beside it as one types. */
export function PortalScreen() {
  const portal = useQuery(portalSettingsQuery);
  const address = useQuery(addressQuery);
  const origin = address.data === undefined ? 'https://…' : new URL(address.data.portalUrl).origin;
  const isOn = portal.data?.isOn === true;
  const open = (
    <Button leftSection={<ExternalLink size={15} aria-hidden="true" />} onClick={() => openOutside(`${origin}/${portal.data?.slug ?? ''}/`)}>
      View portal
    </Button>
  );
  return (
    <PortalFrame actions={isOn && address.data !== undefined ? open : undefined}>
      <Loaded query={portal} failed="The portal’s settings could not be read" skeleton={<Skeleton />}>
        {(stored) => <PortalParts stored={stored} origin={origin} />}
      </Loaded>
    </PortalFrame>
  );
}

function PortalParts({ stored, origin }: { readonly stored: PortalSettings; readonly origin: string }) {
  const queries = useQueryClient();
  const languages = useQuery(portalLanguagesQuery);
  const form = useEditedForm<PortalSettings, PortalSettings>({
    place: 'portal.settings',
    stored,
    fields: PortalSettings,
    rules: PortalSettingsInput,
    // The switch is no part of the form: a draft must not close a portal that was opened meanwhile.
    save: (value: PortalSettings) => savePortalSettings({ ...value, isOn: stored.isOn }),
    onSaved: (saved) => {
      queries.setQueryData(portalSettingsQuery.queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['status'] });
    },
  });
  if (form === undefined) return <Skeleton />;
  return (
    <div className={styles.split}>
      <div className={styles.form}>
        <PortalSwitch stored={stored} address={`${origin}/${stored.slug}/`} />
        <SettingsForm form={form} failed="The portal’s settings were not saved" labels={labels}>
          <div>
            <Section title="Look" lead="What customers see first.">
              <PortalForm
                draft={form.value}
                problems={form.problems}
                origin={origin}
                languages={languageChoices(
                  (languages.data ?? []).filter(({ code }) => form.value.languages.includes(code)),
                  form.value.defaultLanguage,
                )}
                onEdit={form.edit}
              />
              <PortalLanguagesField draft={form.value} problems={form.problems} known={languages.data ?? []} onEdit={form.edit} />
            </Section>
            <PortalRules draft={form.value} problems={form.problems} onEdit={form.edit} />
          </div>
        </SettingsForm>
      </div>
      <aside className={styles.preview} aria-label="Preview">
        <PortalPreview settings={form.value} origin={origin} />
      </aside>
    </div>
  );
}

function Skeleton() {
  return (
    <div className={styles.split}>
      <div className={styles.form}>
        <FormSkeleton fields={6} />
      </div>
      <div className={styles.preview} />
    </div>
  );
}
