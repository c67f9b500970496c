import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PortalSettings, PortalSettingsInput } from '#server/portal/portal.contract.ts';
import { addressQuery } from '../../../api/certificates.ts';
import { portalLanguagesQuery, portalSettingsQuery, savePortalSettings } from '../../../api/portal.ts';
import { problemSentence } from '../../../api/problem.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { showProblemToast, showUndoToast } from '../../../ui/toasts.tsx';
import { Wizard } from '../../../ui/wizard.tsx';
import { PortalPreview } from '../../portal-preview.tsx';
import { useEditedForm } from '../../use-edited-form.ts';
import { languageChoices } from '../settings/company-form.tsx';
import { PortalForm } from './portal-form.tsx';
import type { SetupStepProps } from './setup-frame.ts';

const labels = { title: 'Title', slug: 'Address', accent: 'Colour', defaultLanguage: 'Language' };

/** What customers see, and the switch that opens it. */
export function PortalStep({ frame, onNext }: SetupStepProps) {
  const queries = useQueryClient();
  const portal = useQuery(portalSettingsQuery);
  const languages = useQuery(portalLanguagesQuery);
  const address = useQuery(addressQuery);
  const close = useMutation({
    mutationFn: (settings: PortalSettings) => savePortalSettings({ ...settings, isOn: false }),
    onSuccess: (saved) => queries.setQueryData(portalSettingsQuery.queryKey, saved),
    onError: (error) => showProblemToast(problemSentence(error)),
  });
  const form = useEditedForm({
    place: 'setup.portal',
    stored: portal.data,
    fields: PortalSettings,
    rules: PortalSettingsInput,
    save: (value: PortalSettings) => savePortalSettings({ ...value, isOn: true }),
    onSaved: (saved) => {
      if (portal.data?.isOn === false) showUndoToast('The portal is open.', () => close.mutate(saved));
      queries.setQueryData(portalSettingsQuery.queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['setup'] });
      void queries.invalidateQueries({ queryKey: ['status'] });
      onNext();
    },
  });
  const isOn = portal.data?.isOn === true;
  const origin = address.data === undefined ? 'https://…' : new URL(address.data.portalUrl).origin;

  return (
    <Wizard
      {...frame}
      heading="Open your portal"
      lead="Customers see their tickets here and write to you. Nobody gets in without an invitation, and no mail is sent by opening it."
      preview={form === undefined ? undefined : <PortalPreview settings={form.value} origin={origin} />}
      next={{
        label: isOn ? 'Continue' : 'Open the portal',
        isBusy: form?.isSaving ?? false,
        isDisabled: form === undefined,
        onClick: () => (isOn && form?.isChanged === false ? onNext() : form?.save()),
      }}
      skip={isOn ? undefined : { label: 'Not yet', onClick: onNext }}
    >
      <Loaded query={portal} failed="The portal’s settings could not be read" skeleton={<FormSkeleton />}>
        {() =>
          form === undefined ? (
            <FormSkeleton />
          ) : (
            <>
              <PortalForm
                draft={form.value}
                problems={form.problems}
                origin={origin}
                languages={languageChoices(languages.data ?? [], form.value.defaultLanguage)}
                onEdit={form.edit}
              />
              <ProblemSummary error={form.error} title="The portal was not opened" labels={labels} />
            </>
          )
        }
      </Loaded>
    </Wizard>
  );
}
