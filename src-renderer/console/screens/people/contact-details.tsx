import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contact } from '#server/people/people.contract.ts';
import { problemSentence } from '../../../api/problem.ts';
import { propertiesQuery } from '../../../api/properties.ts';
import { EmailText } from '../../../ui/email-text.tsx';
import { InlineText } from '../../../ui/inline-text.tsx';
import { KeyValue, type KeyValueRow } from '../../../ui/key-value.tsx';
import { QuietSelect } from '../../../ui/quiet-select.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { CompanyField } from './company-field.tsx';
import { contactCountries, languageChoices } from './country-choices.ts';
import { NumberField } from './number-field.tsx';
import { PropertyRows } from './property-rows.tsx';
import { RecordName, RecordPart } from './record-page.tsx';
import { useContactChange } from './use-contact-change.ts';

const none = '';

/** Who the contact is. Every value is edited where it stands. */
export function ContactDetails({ contact }: { readonly contact: Contact }) {
  const save = useContactChange(contact.id);
  const properties = useQuery(propertiesQuery('contact'));

  function choose(patch: Parameters<typeof save>[0]): void {
    save(patch).catch((error: unknown) => showProblemToast(problemSentence(error)));
  }

  const text = (field: 'firstName' | 'lastName' | 'jobTitle', label: string, placeholder: string): KeyValueRow => [
    label,
    <InlineText
      key={field}
      label={label}
      path={field}
      value={contact[field] ?? ''}
      placeholder={placeholder}
      maxLength={120}
      onSave={(value) => save({ [field]: field === 'jobTitle' && value === '' ? null : value })}
    />,
  ];

  return (
    <>
      <RecordName name={contact.displayName}>
        <bdi>{[contact.jobTitle, contact.company?.name].filter((part) => part !== null && part !== undefined).join(', ')}</bdi>
      </RecordName>
      <RecordPart title="Details">
        <KeyValue
          labelWidth={104}
          rows={[
            text('firstName', 'First name', 'Add a first name'),
            text('lastName', 'Last name', 'Add a last name'),
            ['Company', <CompanyField key="company" company={contact.company} onSave={(companyId) => save({ companyId })} />],
            text('jobTitle', 'Job title', 'Add a job title'),
            [
              'E-mail',
              <InlineText
                key="email"
                label="E-mail"
                path="email"
                type="email"
                value={contact.email ?? ''}
                placeholder="Add an e-mail address"
                maxLength={254}
                onSave={(email) => save({ email: email === '' ? null : email })}
              >
                <EmailText address={contact.email ?? ''} />
              </InlineText>,
            ],
            ['Phone', <NumberField key="phone" label="Phone" field="phone" numbers={contact.numbers} onSave={(phone) => save({ phone })} />],
            ['Mobile', <NumberField key="mobile" label="Mobile" field="mobile" numbers={contact.numbers} onSave={(mobile) => save({ mobile })} />],
            [
              'Language',
              <QuietSelect
                key="language"
                label="Language"
                value={contact.language ?? none}
                choices={languageChoices(contact.language)}
                onChange={(language) => choose({ language: language === none ? null : language })}
              />,
            ],
            [
              'Country',
              <QuietSelect
                key="country"
                label="Country"
                value={contact.country ?? none}
                choices={contactCountries}
                onChange={(country) => choose({ country: country === none ? null : country })}
              />,
            ],
            ['On phones', <PublishSwitch key="publish" isOn={contact.publishToPhones} onChange={(publishToPhones) => save({ publishToPhones })} />],
          ]}
        />
      </RecordPart>
      <PropertyRows properties={properties.data} values={contact.properties} onSave={(name, value) => save({ properties: { [name]: value } })} />
    </>
  );
}

function PublishSwitch({ isOn, onChange }: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => Promise<void> }) {
  const [wanted, setWanted] = useState<boolean>();
  const shown = wanted ?? isOn;
  return (
    <Switch
      size="sm"
      checked={shown}
      label={shown ? 'Rings with this name' : 'Kept off the phones'}
      onChange={(event) => {
        setWanted(event.currentTarget.checked);
        onChange(event.currentTarget.checked)
          .catch((error: unknown) => showProblemToast(problemSentence(error)))
          .finally(() => setWanted(undefined));
      }}
    />
  );
}
