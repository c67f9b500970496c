import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Company, CompanyPatch } from '#server/people/people.contract.ts';
import { changeCompany, companyQuery } from '../../../api/people.ts';
import { problemSentence } from '../../../api/problem.ts';
import { propertiesQuery } from '../../../api/properties.ts';
import { InlineText } from '../../../ui/inline-text.tsx';
import { KeyValue } from '../../../ui/key-value.tsx';
import { QuietSelect } from '../../../ui/quiet-select.tsx';
import { showProblemToast } from '../../../ui/toasts.tsx';
import { companyCountries } from './country-choices.ts';
import { NumberField } from './number-field.tsx';
import { PropertyRows } from './property-rows.tsx';
import { RecordName, RecordPart } from './record-page.tsx';

/** What the company is. Every value is edited where it stands. */
export function CompanyDetails({ company }: { readonly company: Company }) {
  const queries = useQueryClient();
  const properties = useQuery(propertiesQuery('company'));

  async function save(patch: CompanyPatch): Promise<void> {
    const saved = await changeCompany(company.id, patch);
    queries.setQueryData(companyQuery(company.id).queryKey, saved);
    await Promise.all([queries.invalidateQueries({ queryKey: ['companies', 'list'] }), queries.invalidateQueries({ queryKey: ['contacts'] })]);
  }

  const orNull = (value: string) => (value === '' ? null : value);
  return (
    <>
      <RecordName name={company.name}>
        <bdi>{company.domain}</bdi>
      </RecordName>
      <RecordPart title="Details">
        <KeyValue
          labelWidth={104}
          rows={[
            [
              'Name',
              <InlineText
                key="name"
                label="Name"
                path="name"
                value={company.name}
                placeholder="Add a name"
                maxLength={120}
                onSave={(name) => save({ name })}
              />,
            ],
            [
              'Domain',
              <InlineText
                key="domain"
                label="Domain"
                path="domain"
                value={company.domain ?? ''}
                placeholder="Add a domain, such as hartmann.de"
                maxLength={253}
                onSave={(domain) => save({ domain: orNull(domain) })}
              />,
            ],
            ['Phone', <NumberField key="phone" label="Phone" field="phone" numbers={company.numbers} onSave={(phone) => save({ phone })} />],
            [
              'City',
              <InlineText
                key="city"
                label="City"
                path="city"
                value={company.city ?? ''}
                placeholder="Add a city"
                maxLength={120}
                onSave={(city) => save({ city: orNull(city) })}
              />,
            ],
            [
              'Country',
              <QuietSelect
                key="country"
                label="Country"
                value={company.country ?? ''}
                choices={companyCountries}
                onChange={(country) => void save({ country: orNull(country) }).catch((error: unknown) => showProblemToast(problemSentence(error)))}
              />,
            ],
          ]}
        />
      </RecordPart>
      <PropertyRows properties={properties.data} values={company.properties} onSave={(name, value) => save({ properties: { [name]: value } })} />
    </>
  );
}
