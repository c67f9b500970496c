import type { ImportObject } from './imports.contract.ts';

/** A field a column can be mapped to. */
export interface Target {
  readonly field: string;
  readonly label: string;
}

const contacts: readonly Target[] = [
  { field: 'recordId', label: 'Record ID' },
  { field: 'firstName', label: 'First name' },
  { field: 'lastName', label: 'Last name' },
  { field: 'fullName', label: 'Full name' },
  { field: 'email', label: 'E-mail' },
  { field: 'additionalEmails', label: 'Further e-mail addresses' },
  { field: 'phone', label: 'Phone number' },
  { field: 'mobile', label: 'Mobile phone number' },
  { field: 'otherPhone', label: 'Other phone number' },
  { field: 'companyName', label: 'Company name' },
  { field: 'companyIds', label: 'Company record ID' },
  { field: 'jobTitle', label: 'Job title' },
  { field: 'language', label: 'Language' },
  { field: 'country', label: 'Country' },
  { field: 'owner', label: 'Owner' },
  { field: 'createdAt', label: 'Created' },
  { field: 'lastActivityAt', label: 'Last activity' },
];

const companies: readonly Target[] = [
  { field: 'recordId', label: 'Record ID' },
  { field: 'name', label: 'Name' },
  { field: 'domain', label: 'Domain' },
  { field: 'phone', label: 'Phone number' },
  { field: 'country', label: 'Country' },
  { field: 'city', label: 'City' },
  { field: 'owner', label: 'Owner' },
  { field: 'createdAt', label: 'Created' },
  { field: 'lastActivityAt', label: 'Last activity' },
];

const tickets: readonly Target[] = [
  { field: 'recordId', label: 'Ticket ID' },
  { field: 'subject', label: 'Subject' },
  { field: 'description', label: 'Description (becomes an internal note)' },
  { field: 'pipeline', label: 'Pipeline' },
  { field: 'stage', label: 'Status' },
  { field: 'priority', label: 'Priority' },
  { field: 'category', label: 'Category' },
  { field: 'owner', label: 'Owner' },
  { field: 'createdAt', label: 'Created' },
  { field: 'closedAt', label: 'Closed' },
  { field: 'lastActivityAt', label: 'Last activity' },
  { field: 'contactIds', label: 'Contact record ID' },
  { field: 'contactEmail', label: 'Contact e-mail' },
  { field: 'companyIds', label: 'Company record ID' },
  { field: 'companyName', label: 'Company name' },
];

const deals: readonly Target[] = [
  { field: 'recordId', label: 'Record ID' },
  { field: 'name', label: 'Name' },
  { field: 'stage', label: 'Stage' },
  { field: 'amount', label: 'Amount' },
  { field: 'currency', label: 'Currency' },
  { field: 'closeDate', label: 'Close date' },
  { field: 'isClosed', label: 'Is closed' },
  { field: 'owner', label: 'Owner (kept as a property)' },
  { field: 'createdAt', label: 'Created' },
  { field: 'contactIds', label: 'Contact record ID' },
  { field: 'contactEmail', label: 'Contact e-mail' },
  { field: 'companyIds', label: 'Company record ID' },
  { field: 'companyName', label: 'Company name' },
];

const targets: Readonly<Record<ImportObject, readonly Target[]>> = { contacts, companies, tickets, deals };

/** The fields of a kind of record that columns can be mapped to. Custom properties come on top. */
export function targetsOf(object: ImportObject): readonly Target[] {
  return targets[object];
}

export const dateFields: ReadonlySet<string> = new Set(['createdAt', 'closedAt', 'lastActivityAt', 'closeDate']);
export const numberFields: ReadonlySet<string> = new Set(['phone', 'mobile', 'otherPhone']);

/** The name of the custom property a column is mapped to; undefined for a built-in field. */
export function propertyOf(target: string): string | undefined {
  return target.startsWith('property:') ? target.slice('property:'.length) : undefined;
}
