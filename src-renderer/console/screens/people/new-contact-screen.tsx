import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { fieldProblems } from '../../../api/problem.ts';
import { addContact } from '../../../api/people.ts';
import { propertiesQuery } from '../../../api/properties.ts';
import { useDraft } from '../../../api/use-draft.ts';
import { CheckboxField, FieldStack, SelectField, TextField } from '../../../ui/fields.tsx';
import { Page, PageBody, PageHeader } from '../../../ui/page.tsx';
import { ProblemSummary } from '../../../ui/problem-summary.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { CompanyPicker } from './company-picker.tsx';
import { contactCountries, languageChoices } from './country-choices.ts';
import styles from './new-contact.module.css';
import { PropertyFields } from './property-fields.tsx';

const ContactDraft = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
  jobTitle: z.string(),
  phone: z.string(),
  mobile: z.string(),
  language: z.string(),
  country: z.string(),
  publishToPhones: z.boolean(),
  properties: z.record(z.string(), z.string()),
});
type ContactDraft = z.infer<typeof ContactDraft>;

const labels = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  companyId: 'Company',
  jobTitle: 'Job title',
  phone: 'Phone',
  mobile: 'Mobile',
  language: 'Language',
  country: 'Country',
};

const route = getRouteApi('/people/new');

/** A new contact. What is typed is kept until it is added. */
export function NewContactScreen() {
  const { name } = route.useSearch();
  return <NewContactForm key={name ?? ''} name={name ?? ''} />;
}

/** "Anna Nowak" searched for and not found: the last word is the family name; digits are a number; an @ makes it an address. */
function startWith(name: string): ContactDraft {
  const words = name.trim().split(/\s+/u);
  const isNumber = /^[+\d][\d\s()/-]{4,}$/u.test(name);
  const isAddress = name.includes('@');
  const isName = !isNumber && !isAddress && name !== '';
  return {
    firstName: isName ? words.slice(0, Math.max(1, words.length - 1)).join(' ') : '',
    lastName: isName && words.length > 1 ? (words.at(-1) ?? '') : '',
    email: isAddress ? name : '',
    company: null,
    jobTitle: '',
    phone: isNumber ? name : '',
    mobile: '',
    language: '',
    country: '',
    publishToPhones: true,
    properties: {},
  };
}

function isUntouched(draft: ContactDraft): boolean {
  return [draft.firstName, draft.lastName, draft.email, draft.phone, draft.mobile].every((text) => text.trim() === '');
}

function NewContactForm({ name }: { readonly name: string }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const properties = useQuery(propertiesQuery('contact'));
  const draft = useDraft({
    place: name === '' ? 'contact-new' : `contact-new.${name.slice(0, 80)}`,
    schema: ContactDraft,
    empty: startWith(name),
    isEmpty: isUntouched,
  });
  const { body } = draft;
  const edit = (patch: Partial<ContactDraft>) => draft.edit({ ...body, ...patch });
  const add = useMutation({
    mutationFn: () => {
      const { company, email, jobTitle, language, country, ...rest } = body;
      const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
      return addContact({
        ...rest,
        email: orNull(email),
        jobTitle: orNull(jobTitle),
        language: orNull(language),
        country: orNull(country),
        companyId: company?.id ?? null,
      });
    },
    async onSuccess(contact) {
      draft.clear();
      await queries.invalidateQueries({ queryKey: ['contacts', 'list'] });
      showToast(`${contact.displayName} was added`);
      await navigate({ to: '/people/$contactId', params: { contactId: contact.id } });
    },
  });
  const problems = fieldProblems(add.error);
  const text = (field: 'firstName' | 'lastName' | 'email' | 'jobTitle' | 'phone' | 'mobile') => ({
    label: labels[field],
    value: body[field],
    problem: problems[field],
    onChange: (value: string) => edit({ [field]: value }),
  });

  return (
    <Page>
      <PageHeader title="Add a contact" />
      <PageBody>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <ProblemSummary error={add.error} title="The contact was not added" labels={labels} />
          <FieldStack width={620}>
            <div className={styles.pair}>
              <TextField {...text('firstName')} autoFocus maxLength={120} />
              <TextField {...text('lastName')} maxLength={120} />
            </div>
            <div className={styles.pair}>
              <CompanyPicker label="Company" value={body.company} problem={problems['companyId']} onChange={(company) => edit({ company })} />
              <TextField {...text('jobTitle')} maxLength={120} />
            </div>
            <TextField {...text('email')} type="email" hint="With it the contact can be invited to the portal." maxLength={254} />
            <div className={styles.pair}>
              <TextField {...text('phone')} type="tel" maxLength={200} />
              <TextField {...text('mobile')} type="tel" maxLength={200} />
            </div>
            <div className={styles.pair}>
              <SelectField
                label="Country"
                hint="Numbers without a country code are read with it."
                value={body.country}
                choices={contactCountries}
                problem={problems['country']}
                onChange={(country) => edit({ country })}
              />
              <SelectField
                label="Language"
                hint="For mails and the portal."
                value={body.language}
                choices={languageChoices(null)}
                problem={problems['language']}
                onChange={(language) => edit({ language })}
              />
            </div>
            <PropertyFields
              properties={properties.data}
              values={body.properties}
              problems={problems}
              onChange={(property, value) => edit({ properties: { ...body.properties, [property]: value } })}
            />
            <CheckboxField label="Show on the team’s phones" checked={body.publishToPhones} onChange={(publishToPhones) => edit({ publishToPhones })} />
          </FieldStack>
          <footer className={styles.foot}>
            <Button type="submit" variant="filled" loading={add.isPending}>
              Add the contact
            </Button>
            <ButtonLink to="/people">Not now</ButtonLink>
          </footer>
        </form>
      </PageBody>
    </Page>
  );
}
