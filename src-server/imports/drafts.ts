import { createHash } from 'node:crypto';
import { propertyName } from '../people/property-value.ts';
import { EmailAddress, visible } from '../kernel/primitives.contract.ts';
import { readNumbers, type ReadNumber } from '../phone-numbers/phone-number.ts';
import type { Cells, Tools } from './row-reader.ts';
import { shorten } from './row-reader.ts';
import { readAddresses, readAmount, readCurrency, readDomain, readIds, readPriority, readYesOrNo, soundsClosed, splitName } from './values.ts';

// A row in our own words, before anybody asks whether the record is there already. Nothing here touches the database.

/** A row that can't become a record. */
export class RowRefused extends Error {
  readonly column: string;

  constructor(column: string, message: string) {
    super(message);
    this.column = column;
  }
}

export interface CompanyReference {
  /** Foreign ids, the primary one first. */
  readonly ids: readonly string[];
  readonly name: string;
}

interface Draft {
  /** The id the record has in the other program. */
  readonly externalId: string | null;
  /** Stands in for an id where there is none, so that the same row is known again. */
  readonly fingerprint: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: string | null;
  readonly lastActivityAt: string | null;
}

export interface ContactDraft extends Draft {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly jobTitle: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly ownerAgentId: string | null;
  readonly phone: string;
  readonly mobile: string;
  readonly other: string;
  readonly company: CompanyReference;
}

export interface CompanyDraft extends Draft {
  readonly name: string;
  readonly domain: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly ownerAgentId: string | null;
  readonly phone: string;
}

export interface TicketDraft extends Draft {
  readonly subject: string;
  readonly description: string;
  readonly stage: string;
  readonly pipeline: string;
  readonly priority: 'low' | 'medium' | 'high' | 'urgent' | null;
  readonly category: string | null;
  readonly assigneeId: string | null;
  readonly closedAt: string | null;
  readonly contactIds: readonly string[];
  readonly contactEmails: readonly string[];
  readonly company: CompanyReference;
}

export interface DealDraft extends Draft {
  readonly name: string;
  readonly stage: string | null;
  readonly isOpen: boolean;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly closeDate: string | null;
  readonly contactIds: readonly string[];
  readonly contactEmails: readonly string[];
  readonly company: CompanyReference;
}

const longestName = 120;
const longestNumberField = 200;
const longestProperty = 10_000;

function fingerprintOf(parts: readonly (string | null)[]): string {
  return `row:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`;
}

/** A text that must fit, or the row is refused: cutting a name would change it. */
function fitting(cells: Cells, field: string, most: number): string {
  const text = cells.text(field).replace(/\s+/gu, ' ');
  if (text.length > most) throw new RowRefused(cells.columnOf(field), `The value has ${text.length} characters; at most ${most} fit. Shorten it in the file.`);
  return text;
}

function externalId(cells: Cells): string | null {
  const id = cells.text('recordId').replace(/\.0+$/u, '');
  if (id.length > 100) throw new RowRefused(cells.columnOf('recordId'), 'This is too long for an id. Choose another column for it.');
  return id === '' ? null : id;
}

/** Properties as the file has them, with what found no place of its own. */
function propertiesOf(cells: Cells, kept: Readonly<Record<string, string>>): Record<string, string> {
  const properties: Record<string, string> = { ...kept, ...cells.properties };
  for (const [name, value] of Object.entries(properties)) {
    if (value.length <= longestProperty) continue;
    properties[name] = value.slice(0, longestProperty);
    cells.remark(`property:${name}`, `The text is longer than ${longestProperty} characters; the rest was left out.`);
  }
  return properties;
}

/** A name that is nobody's on the team is kept as a property, so that it is not lost. */
function owner(cells: Cells, tools: Tools): { readonly agentId: string | null; readonly kept: Record<string, string> } {
  const text = cells.text('owner');
  if (text === '') return { agentId: null, kept: {} };
  const agentId = tools.agentNamed(text);
  return agentId === undefined ? { agentId: null, kept: { [propertyName(cells.columnOf('owner'))]: text } } : { agentId, kept: {} };
}

// Nearly all addresses; the full check takes ten times as long.
const plainAddress = /^[a-z\d]+(?:[._-][a-z\d]+)*@[a-z\d]+(?:[.-][a-z\d]+)*\.[a-z]{2,20}$/u;

function emailOf(cells: Cells): { readonly email: string | null; readonly others: readonly string[] } {
  const text = cells.text('email');
  if (text === '') return { email: null, others: [] };
  const [first, ...others] = text.includes('@') ? readAddresses(text) : [];
  if (first !== undefined && (plainAddress.test(first) || EmailAddress.safeParse(first).success)) return { email: first, others };
  cells.remark('email', `“${shorten(text)}” is not an e-mail address; it was left out.`);
  return { email: null, others: [] };
}

function companyReference(cells: Cells): CompanyReference {
  const name = fitting(cells, 'companyName', longestName);
  // Several names in one cell are associations; the ids tell which one is meant.
  return { ids: [...new Set(cells.texts('companyIds').flatMap(readIds))], name: name.includes(';') ? (name.split(';')[0] ?? '').trim() : name };
}

function numbersField(cells: Cells, field: string): string {
  const text = cells.texts(field).join('; ');
  if (text.length > longestNumberField)
    throw new RowRefused(cells.columnOf(field), `The field has ${text.length} characters; a number field takes ${longestNumberField}.`);
  return text;
}

function activity(cells: Cells) {
  return { createdAt: cells.instant('createdAt'), lastActivityAt: cells.instant('lastActivityAt') };
}

/** @throws RowRefused */
export function contactDraft(cells: Cells, tools: Tools): ContactDraft {
  const whole = splitName(fitting(cells, 'fullName', longestName * 2));
  const firstName = fitting(cells, 'firstName', longestName) || (cells.text('lastName') === '' ? whole.firstName : '');
  const lastName = fitting(cells, 'lastName', longestName) || (cells.text('firstName') === '' ? whole.lastName : '');
  const { email, others } = emailOf(cells);
  const further = [...others, ...cells.texts('additionalEmails').flatMap(readAddresses)].filter((address) => address !== email);
  const [phone, mobile, other] = [numbersField(cells, 'phone'), numbersField(cells, 'mobile'), numbersField(cells, 'otherPhone')];
  if (!visible.test(`${firstName}${lastName}${email ?? ''}${phone}${mobile}${other}`)) {
    throw new RowRefused(cells.columnOf('firstName'), 'There is no name, e-mail address or number in this row.');
  }
  const id = externalId(cells);
  const { agentId, kept } = owner(cells, tools);
  const company = companyReference(cells);
  return {
    externalId: id,
    fingerprint: email === null && id === null ? fingerprintOf([firstName, lastName, phone, mobile, other, company.name]) : null,
    firstName,
    lastName,
    email,
    jobTitle: fitting(cells, 'jobTitle', longestName) || null,
    language: cells.read('language', (text) => tools.names.language(text), 'a language we know'),
    country: cells.read('country', (text) => tools.names.country(text), 'a country we know'),
    ownerAgentId: agentId,
    phone,
    mobile,
    other,
    company,
    properties: propertiesOf(cells, further.length === 0 ? kept : { ...kept, additional_emails: further.join('; ') }),
    ...activity(cells),
  };
}

/** @throws RowRefused */
export function companyDraft(cells: Cells, tools: Tools): CompanyDraft {
  const domain = cells.read('domain', readDomain, 'a domain such as example.com');
  const name = fitting(cells, 'name', longestName) || domain;
  if (name === null) throw new RowRefused(cells.columnOf('name'), 'There is neither a name nor a domain in this row.');
  const phone = numbersField(cells, 'phone');
  const { agentId, kept } = owner(cells, tools);
  return {
    externalId: externalId(cells),
    fingerprint: null,
    name,
    domain,
    country: cells.read('country', (text) => tools.names.country(text), 'a country we know'),
    city: fitting(cells, 'city', longestName) || null,
    ownerAgentId: agentId,
    phone,
    properties: propertiesOf(cells, kept),
    ...activity(cells),
  };
}

/** @throws RowRefused */
export function ticketDraft(cells: Cells, tools: Tools): TicketDraft {
  const description = cells.text('description').slice(0, 100_000);
  const subject = (cells.text('subject').replace(/\s+/gu, ' ') || description.replace(/\s+/gu, ' ')).slice(0, 200).trim();
  if (subject === '') throw new RowRefused(cells.columnOf('subject'), 'There is neither a subject nor a description in this row.');
  const { agentId, kept } = owner(cells, tools);
  const typed = cells.text('priority');
  const priority = typed === '' ? null : (readPriority(typed) ?? null);
  const createdAt = cells.instant('createdAt');
  return {
    externalId: externalId(cells),
    fingerprint: fingerprintOf([subject, createdAt, description, cells.text('contactEmail')]),
    subject,
    description,
    stage: fitting(cells, 'stage', 80),
    pipeline: fitting(cells, 'pipeline', 80),
    priority,
    category: fitting(cells, 'category', 80) || null,
    assigneeId: agentId,
    closedAt: cells.instant('closedAt'),
    contactIds: [...new Set(cells.texts('contactIds').flatMap(readIds))],
    contactEmails: cells.texts('contactEmail').flatMap(readAddresses),
    company: companyReference(cells),
    properties: propertiesOf(cells, priority === null && typed !== '' ? { ...kept, [propertyName(cells.columnOf('priority'))]: typed } : kept),
    createdAt,
    lastActivityAt: cells.instant('lastActivityAt'),
  };
}

/** @throws RowRefused */
export function dealDraft(cells: Cells): DealDraft {
  const name = fitting(cells, 'name', longestName);
  if (name === '') throw new RowRefused(cells.columnOf('name'), 'There is no name in this row.');
  const stage = fitting(cells, 'stage', longestName) || null;
  const isClosed = cells.read('isClosed', readYesOrNo, 'yes or no') ?? (stage !== null && soundsClosed(stage));
  const amount = cells.read('amount', readAmount, 'an amount');
  const currency = cells.read('currency', readCurrency, 'a currency') ?? readCurrency(cells.text('amount')) ?? null;
  const { kept } = ownerOfDeal(cells);
  const createdAt = cells.instant('createdAt');
  return {
    externalId: externalId(cells),
    fingerprint: fingerprintOf([name, createdAt, amount, cells.text('closeDate')]),
    name,
    stage,
    isOpen: !isClosed,
    amount,
    currency,
    closeDate: cells.day('closeDate'),
    contactIds: [...new Set(cells.texts('contactIds').flatMap(readIds))],
    contactEmails: cells.texts('contactEmail').flatMap(readAddresses),
    company: companyReference(cells),
    properties: propertiesOf(cells, kept),
    createdAt,
    lastActivityAt: null,
  };
}

/** Deals have no owner here, so the name is kept as a property. */
function ownerOfDeal(cells: Cells): { readonly kept: Record<string, string> } {
  const text = cells.text('owner');
  return { kept: text === '' ? {} : { [propertyName(cells.columnOf('owner'))]: text } };
}

/** A number field as it was read, once, for counting and for writing. */
export interface DraftNumbers {
  readonly field: 'phone' | 'mobile' | 'other';
  readonly raw: string;
  readonly reads: readonly ReadNumber[];
}

/** Reads a draft's number fields; empty ones are left out. */
export function readDraftNumbers(draft: { readonly phone: string; readonly mobile?: string; readonly other?: string }, country: string): DraftNumbers[] {
  const fields = [
    ['phone', draft.phone],
    ['mobile', draft.mobile ?? ''],
    ['other', draft.other ?? ''],
  ] as const;
  return fields.flatMap(([field, raw]) => (raw === '' ? [] : [{ field, raw, reads: readNumbers(raw, { country }) }]));
}
