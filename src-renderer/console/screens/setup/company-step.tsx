import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CompanyInput, CompanySettings } from '#server/setup/setup.contract.ts';
import { portalLanguagesQuery } from '../../../api/portal.ts';
import { companySettingsQuery, saveCompany } from '../../../api/setup.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { Wizard } from '../../../ui/wizard.tsx';
import { guessedCountry, guessedZone } from '../../countries.ts';
import { useEditedForm } from '../../use-edited-form.ts';
import { CompanyForm, languageChoices } from '../settings/company-form.tsx';
import { CompanyPreview } from './company-preview.tsx';
import type { SetupStepProps } from './setup-frame.ts';

const labels = { name: 'Company name', country: 'Country', timeZone: 'Time zone', language: 'Language of mails' };

/** Who runs the desk, and where. Country and time zone are guessed from this PC. */
export function CompanyStep({ frame, onNext }: SetupStepProps) {
  const queries = useQueryClient();
  const company = useQuery(companySettingsQuery);
  const languages = useQuery(portalLanguagesQuery);
  const form = useEditedForm({
    place: 'setup.company',
    stored: company.data === undefined ? undefined : withGuesses(company.data),
    fields: CompanySettings,
    rules: CompanyInput,
    save: saveCompany,
    onSaved: (saved) => {
      queries.setQueryData(companySettingsQuery.queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['setup'] });
      onNext();
    },
  });
  return (
    <Wizard
      {...frame}
      heading="Who are you?"
      lead="Two minutes from here to your own portal. Everything can be changed later."
      preview={form === undefined ? undefined : <CompanyPreview company={form.value} />}
      next={{ label: 'Continue', isBusy: form?.isSaving ?? false, isDisabled: form === undefined, onClick: () => form?.save() }}
    >
      <Loaded query={company} failed="The company’s settings could not be read" skeleton={<FormSkeleton />}>
        {() =>
          form === undefined ? (
            <FormSkeleton />
          ) : (
            <>
              <CompanyForm
                draft={form.value}
                problems={form.problems}
                languages={languageChoices(languages.data ?? [], form.value.language)}
                onEdit={form.edit}
              />
              <ProblemSummary error={form.error} title="This was not saved" labels={labels} />
            </>
          )
        }
      </Loaded>
    </Wizard>
  );
}

/** Before anything was saved, this PC's own country and zone are the best guess. */
function withGuesses(stored: CompanySettings): CompanySettings {
  if (stored.name !== '') return stored;
  return { ...stored, country: guessedCountry() ?? stored.country, timeZone: guessedZone() };
}
