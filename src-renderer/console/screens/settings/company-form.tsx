import type { CompanySettings } from '#server/setup/setup.contract.ts';
import type { Choice } from '../../../ui/fields.tsx';
import { FieldStack, SelectField, TextField } from '../../../ui/fields.tsx';
import { countryChoices, timeZoneChoices } from '../../countries.ts';
import type { FormProps } from '../../form-props.ts';

interface CompanyFormProps extends FormProps<CompanySettings> {
  readonly languages: readonly Choice[];
}

/** Who runs the desk, and where. */
export function CompanyForm({ draft, problems, onEdit, languages }: CompanyFormProps) {
  return (
    <FieldStack>
      <TextField
        label="Company name"
        hint="As customers know it. It stands on the portal, in mails and on the team’s phones."
        value={draft.name}
        problem={problems['name']}
        autoComplete="organization"
        maxLength={120}
        onChange={(name) => onEdit({ name })}
      />
      <SelectField
        label="Country"
        hint="Phone numbers without a country code belong here."
        value={draft.country}
        choices={countryChoices}
        problem={problems['country']}
        onChange={(country) => onEdit({ country })}
      />
      <SelectField
        label="Time zone"
        hint="For times in mails. Screens show each visitor’s own."
        value={draft.timeZone}
        choices={timeZoneChoices}
        problem={problems['timeZone']}
        onChange={(timeZone) => onEdit({ timeZone })}
      />
      <SelectField
        label="Language of mails"
        hint="For customers whose language is not known."
        value={draft.language}
        choices={languages}
        problem={problems['language']}
        onChange={(language) => onEdit({ language })}
      />
    </FieldStack>
  );
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** The portal's languages as choices; the present one is among them even before they are read. */
export function languageChoices(languages: readonly { readonly code: string; readonly name: string }[], present: string): Choice[] {
  const known = languages.map(({ code, name }) => ({ value: code, label: name }));
  return known.some(({ value }) => value === present) ? known : [...known, { value: present, label: languageNames.of(present) ?? present }];
}
