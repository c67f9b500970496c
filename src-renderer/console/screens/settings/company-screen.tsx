import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CompanyInput, CompanySettings } from '#server/setup/setup.contract.ts';
import { portalLanguagesQuery } from '../../../api/portal.ts';
import { companySettingsQuery, saveCompany } from '../../../api/setup.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { FormSkeleton } from '../../../ui/states.tsx';
import { useEditedForm } from '../../use-edited-form.ts';
import { CompanyForm, languageChoices } from './company-form.tsx';
import { SettingsForm } from './settings-form.tsx';
import { SettingsPage } from './settings-page.tsx';

const labels = { name: 'Company name', country: 'Country', timeZone: 'Time zone', language: 'Language of mails' };

/** Who runs the desk. */
export function CompanyScreen() {
  const queries = useQueryClient();
  const company = useQuery(companySettingsQuery);
  const languages = useQuery(portalLanguagesQuery);
  const form = useEditedForm({
    place: 'settings.company',
    stored: company.data,
    fields: CompanySettings,
    rules: CompanyInput,
    save: saveCompany,
    onSaved: (saved) => queries.setQueryData(companySettingsQuery.queryKey, saved),
  });
  return (
    <SettingsPage title="Company">
      <Loaded query={company} failed="The company’s settings could not be read" skeleton={<FormSkeleton />}>
        {() =>
          form === undefined ? (
            <FormSkeleton />
          ) : (
            <SettingsForm form={form} failed="The company’s settings were not saved" labels={labels}>
              <CompanyForm
                draft={form.value}
                problems={form.problems}
                languages={languageChoices(languages.data ?? [], form.value.language)}
                onEdit={form.edit}
              />
            </SettingsForm>
          )
        }
      </Loaded>
    </SettingsPage>
  );
}
