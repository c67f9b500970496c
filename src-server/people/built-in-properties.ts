import type { Property } from './people.contract.ts';

type Field = readonly [name: string, label: string, type: Property['type'], options?: readonly string[]];

const fields: Readonly<Record<Property['object'], readonly Field[]>> = {
  contact: [
    ['firstName', 'First name', 'text'],
    ['lastName', 'Last name', 'text'],
    ['email', 'E-mail', 'text'],
    ['phone', 'Phone number', 'text'],
    ['mobile', 'Mobile phone number', 'text'],
    ['company', 'Company', 'text'],
    ['companyDomain', 'Company domain', 'text'],
    ['jobTitle', 'Job title', 'text'],
    ['language', 'Language', 'text'],
    ['country', 'Country', 'text'],
    ['publishToPhones', 'Shown on phones', 'checkbox'],
    ['createdAt', 'Created', 'date'],
    ['lastActivityAt', 'Last activity', 'date'],
  ],
  company: [
    ['name', 'Name', 'text'],
    ['domain', 'Domain', 'text'],
    ['phone', 'Phone number', 'text'],
    ['country', 'Country', 'text'],
    ['city', 'City', 'text'],
    ['createdAt', 'Created', 'date'],
    ['lastActivityAt', 'Last activity', 'date'],
  ],
  deal: [
    ['name', 'Name', 'text'],
    ['amount', 'Amount', 'number'],
    ['currency', 'Currency', 'text'],
    ['stage', 'Stage', 'text'],
    ['isOpen', 'Open', 'checkbox'],
    ['closeDate', 'Close date', 'date'],
  ],
  ticket: [
    ['subject', 'Subject', 'text'],
    ['status', 'Status', 'text'],
    ['priority', 'Priority', 'choice', ['low', 'medium', 'high', 'urgent']],
    ['category', 'Category', 'text'],
    ['source', 'Source', 'text'],
    ['createdAt', 'Created', 'date'],
    ['lastActivityAt', 'Last activity', 'date'],
  ],
};

/** What every record has, in the words of the contract. */
export function builtInProperties(object: Property['object']): Property[] {
  return fields[object].map(([name, label, type, options]) => ({
    id: `built-in:${object}.${name}`,
    object,
    name,
    label,
    type,
    options: [...(options ?? [])],
    isBuiltIn: true,
  }));
}
