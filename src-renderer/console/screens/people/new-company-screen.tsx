import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { addCompany } from '../../../api/people.ts';
import { fieldProblems } from '../../../api/problem.ts';
import { propertiesQuery } from '../../../api/properties.ts';
import { useDraft } from '../../../api/use-draft.ts';
import { FieldStack, SelectField, TextField } from '../../../ui/fields.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { companyCountries } from './country-choices.ts';
import styles from './new-contact.module.css';
import { PropertyFields } from './property-fields.tsx';

const CompanyDraft = z.object({
  name: z.string(),
  domain: z.string(),
  phone: z.string(),
  city: z.string(),
  country: z.string(),
  properties: z.record(z.string(), z.string()),
});
type CompanyDraft = z.infer<typeof CompanyDraft>;

const empty: CompanyDraft = { name: '', domain: '', phone: '', city: '', country: '', properties: {} };
const labels = { name: 'Name', domain: 'Domain', phone: 'Phone', city: 'City', country: 'Country' };

/** A new company. What is typed is kept until it is added. */
export function NewCompanyScreen() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const properties = useQuery(propertiesQuery('company'));
  const draft = useDraft({ place: 'company-new', schema: CompanyDraft, empty, isEmpty: ({ name, domain, phone }) => `${name}${domain}${phone}`.trim() === '' });
  const { body } = draft;
  const edit = (patch: Partial<CompanyDraft>) => draft.edit({ ...body, ...patch });
  const add = useMutation({
    mutationFn: () => {
      const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
      return addCompany({ ...body, domain: orNull(body.domain), city: orNull(body.city), country: orNull(body.country) });
    },
    async onSuccess(company) {
      draft.clear();
      await queries.invalidateQueries({ queryKey: ['companies', 'list'] });
      showToast(`${company.name} was added`);
      await navigate({ to: '/people/companies/$companyId', params: { companyId: company.id } });
    },
  });
  const problems = fieldProblems(add.error);
  const text = (field: 'name' | 'domain' | 'phone' | 'city') => ({
    label: labels[field],
    value: body[field],
    problem: problems[field],
    onChange: (value: string) => edit({ [field]: value }),
  });

  return (
    <Page>
      <PageHeader title="Add a company" />
      <PageBody>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <ProblemSummary error={add.error} title="The company was not added" labels={labels} />
          <FieldStack width={620}>
            <TextField {...text('name')} autoFocus maxLength={120} />
            <TextField {...text('domain')} hint="People with an address there belong to it, for example hartmann.de." maxLength={253} />
            <TextField {...text('phone')} type="tel" hint="The switchboard. Extensions behind it ring with the company’s name." maxLength={200} />
            <div className={styles.pair}>
              <TextField {...text('city')} maxLength={120} />
              <SelectField
                label="Country"
                value={body.country}
                choices={companyCountries}
                problem={problems['country']}
                onChange={(country) => edit({ country })}
              />
            </div>
            <PropertyFields
              properties={properties.data}
              values={body.properties}
              problems={problems}
              onChange={(name, value) => edit({ properties: { ...body.properties, [name]: value } })}
            />
          </FieldStack>
          <footer className={styles.foot}>
            <Button type="submit" variant="filled" loading={add.isPending}>
              Add the company
            </Button>
            <ButtonLink to="/people/companies">Not now</ButtonLink>
          </footer>
        </form>
      </PageBody>
    </Page>
  );
}
