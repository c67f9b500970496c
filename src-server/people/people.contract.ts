import { z } from 'zod';
import { CountryCode, E164, EmailAddress, Id, IsoTime, Language, Money, pageOf, PageQuery } from '../kernel/primitives.contract.ts';

const Name = z.string().trim().max(120);

/** What a stored number is. Only `e164` ones can ring a name. */
export const NumberKind = z.enum(['e164', 'short', 'internal', 'withheld', 'unreadable']);

/** One telephone number of a contact or company: what was entered, and what was understood. */
export const PhoneNumber = z.object({
  id: z.number().int(),
  field: z.enum(['phone', 'mobile', 'other']),
  raw: z.string(),
  kind: NumberKind,
  e164: E164.nullable(),
  extension: z.string().nullable(),
  /** For the screen: national format for the desk's own country, international otherwise. */
  display: z.string(),
  suggestion: E164.nullable(),
  problem: z.string().nullable(),
});
export type PhoneNumber = z.infer<typeof PhoneNumber>;

/** Values of custom properties by the property's internal name. */
export const PropertyValues = z.record(z.string().max(100), z.string().max(10_000));

export const Contact = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  /** First and last name, else e-mail, else number. */
  displayName: z.string(),
  email: z.string().nullable(),
  company: z.object({ id: Id, name: z.string() }).nullable(),
  jobTitle: z.string().nullable(),
  language: z.string().nullable(),
  country: z.string().nullable(),
  numbers: z.array(PhoneNumber),
  publishToPhones: z.boolean(),
  properties: PropertyValues,
  lists: z.array(z.object({ id: Id, name: z.string() })),
  openDeals: z.array(z.object({ id: Id, name: z.string(), value: Money.nullable() })),
  member: z.object({ id: Id, state: z.enum(['invited', 'active', 'disabled']) }).nullable(),
  openTickets: z.number().int(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
  lastActivityAt: IsoTime,
});
export type Contact = z.infer<typeof Contact>;

/** A contact as a row of a list. */
export const ContactSummary = Contact.pick({
  id: true,
  firstName: true,
  lastName: true,
  displayName: true,
  email: true,
  company: true,
  lastActivityAt: true,
}).extend({ primaryNumber: z.string().nullable() });
export type ContactSummary = z.infer<typeof ContactSummary>;

/** What can be written. `phone` and `mobile` are kept as typed; several numbers may stand in one. */
export const ContactInput = z.object({
  firstName: Name.default(''),
  lastName: Name.default(''),
  email: EmailAddress.nullable().default(null),
  companyId: Id.nullable().default(null),
  jobTitle: Name.nullable().default(null),
  language: Language.nullable().default(null),
  country: CountryCode.nullable().default(null),
  phone: z.string().trim().max(200).default(''),
  mobile: z.string().trim().max(200).default(''),
  publishToPhones: z.boolean().default(true),
  properties: PropertyValues.default({}),
});
export type ContactInput = z.infer<typeof ContactInput>;
/** Only the fields that are there are changed. */
export const ContactPatch = z
  .object({
    firstName: Name,
    lastName: Name,
    email: EmailAddress.nullable(),
    companyId: Id.nullable(),
    jobTitle: Name.nullable(),
    language: Language.nullable(),
    country: CountryCode.nullable(),
    phone: z.string().trim().max(200),
    mobile: z.string().trim().max(200),
    publishToPhones: z.boolean(),
    properties: PropertyValues,
  })
  .partial();
export type ContactPatch = z.infer<typeof ContactPatch>;

/** Search matches the start of any word of name, company, e-mail, and any run of a number's digits from its start. */
export const ContactQuery = PageQuery.extend({
  search: z.string().trim().max(200).optional(),
  listId: Id.optional(),
  companyId: Id.optional(),
});
export type ContactQuery = z.infer<typeof ContactQuery>;
export const ContactPage = pageOf(ContactSummary);

export const Company = z.object({
  id: Id,
  name: z.string(),
  domain: z.string().nullable(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  numbers: z.array(PhoneNumber),
  properties: PropertyValues,
  contactCount: z.number().int(),
  openTickets: z.number().int(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
  lastActivityAt: IsoTime,
});
export type Company = z.infer<typeof Company>;
export const CompanySummary = Company.pick({ id: true, name: true, domain: true, city: true, lastActivityAt: true });
export type CompanySummary = z.infer<typeof CompanySummary>;
export const CompanyInput = z.object({
  name: Name.min(1, 'Write the company’s name.'),
  domain: z.string().trim().toLowerCase().max(253).nullable().default(null),
  country: CountryCode.nullable().default(null),
  city: Name.nullable().default(null),
  phone: z.string().trim().max(200).default(''),
  properties: PropertyValues.default({}),
});
export type CompanyInput = z.infer<typeof CompanyInput>;
export const CompanyPatch = z
  .object({
    name: Name.min(1),
    domain: z.string().trim().toLowerCase().max(253).nullable(),
    country: CountryCode.nullable(),
    city: Name.nullable(),
    phone: z.string().trim().max(200),
    properties: PropertyValues,
  })
  .partial();
export type CompanyPatch = z.infer<typeof CompanyPatch>;
/** Search matches the start of any word of name, domain and city, and of a number. */
export const CompanyQuery = PageQuery.extend({ search: z.string().trim().max(200).optional() });
export type CompanyQuery = z.infer<typeof CompanyQuery>;
export const CompanyPage = pageOf(CompanySummary);

export const Deal = z.object({
  id: Id,
  name: z.string(),
  value: Money.nullable(),
  stage: z.string().nullable(),
  isOpen: z.boolean(),
  company: z.object({ id: Id, name: z.string() }).nullable(),
  contactIds: z.array(Id),
  closeDate: z.string().nullable(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
});
export type Deal = z.infer<typeof Deal>;
export const DealInput = z.object({
  name: Name.min(1, 'Write the deal’s name.'),
  value: Money.nullable().default(null),
  stage: Name.nullable().default(null),
  isOpen: z.boolean().default(true),
  companyId: Id.nullable().default(null),
  contactIds: z.array(Id).max(200).default([]),
  closeDate: z.iso.date().nullable().default(null),
});
export type DealInput = z.infer<typeof DealInput>;
/** Only the fields that are there are changed; `contactIds` replaces them all. */
export const DealPatch = z
  .object({
    name: Name.min(1),
    value: Money.nullable(),
    stage: Name.nullable(),
    isOpen: z.boolean(),
    companyId: Id.nullable(),
    contactIds: z.array(Id).max(200),
    closeDate: z.iso.date().nullable(),
  })
  .partial();
export type DealPatch = z.infer<typeof DealPatch>;
export const DealQuery = PageQuery.extend({ companyId: Id.optional(), contactId: Id.optional() });
export type DealQuery = z.infer<typeof DealQuery>;
export const DealPage = pageOf(Deal);

/** A condition on one field of a contact. `field` is a built-in field's name or `property:NAME`. Of numbers, `before` is less and `after` is more. */
export const ListCondition = z.object({
  field: z.string().max(120),
  operator: z.enum(['is', 'is-not', 'contains', 'starts-with', 'is-empty', 'is-not-empty', 'before', 'after']),
  value: z.string().max(500).default(''),
});
/** Groups are joined by *or*, the conditions of one group by *and*. */
export const ListFilter = z.object({ groups: z.array(z.array(ListCondition).min(1).max(20)).min(1).max(10) });
export type ListFilter = z.infer<typeof ListFilter>;

export const List = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(['static', 'active']),
  filter: ListFilter.nullable(),
  memberCount: z.number().int(),
  /** True while an active list's new filter is still being applied to all contacts. */
  isUpdating: z.boolean(),
  createdAt: IsoTime,
});
export type List = z.infer<typeof List>;
export const ListInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('static'), name: Name.min(1), contactIds: z.array(Id).max(10_000).default([]) }),
  z.object({ kind: z.literal('active'), name: Name.min(1), filter: ListFilter }),
]);
export type ListInput = z.infer<typeof ListInput>;
export const ListPatch = z.object({ name: Name.min(1), filter: ListFilter }).partial();
export type ListPatch = z.infer<typeof ListPatch>;
export const ListPage = pageOf(List);
export const ListMembersChange = z.object({ add: z.array(Id).max(10_000).default([]), remove: z.array(Id).max(10_000).default([]) });
export type ListMembersChange = z.infer<typeof ListMembersChange>;

export const PropertyObject = z.enum(['contact', 'company', 'deal', 'ticket']);
export const Property = z.object({
  id: Id,
  object: PropertyObject,
  name: z.string(),
  label: z.string(),
  type: z.enum(['text', 'number', 'date', 'choice', 'checkbox']),
  options: z.array(z.string()),
  isBuiltIn: z.boolean(),
});
export type Property = z.infer<typeof Property>;
export const PropertyInput = z.object({
  object: PropertyObject,
  label: Name.min(1),
  type: Property.shape.type,
  options: z.array(z.string().trim().min(1).max(120)).max(200).default([]),
});
export type PropertyInput = z.infer<typeof PropertyInput>;

export const PropertyPatch = z.object({ label: Name.min(1), options: PropertyInput.shape.options.unwrap() }).partial();
export type PropertyPatch = z.infer<typeof PropertyPatch>;
export const PropertyQuery = z.object({ object: PropertyObject.optional() });
export const PropertyPage = pageOf(Property);

/** One entry of a record's timeline. */
export const Engagement = z.object({
  id: Id,
  kind: z.string(),
  at: IsoTime,
  actorName: z.string(),
  summary: z.string(),
  ticketId: Id.nullable(),
  contactId: Id.nullable(),
  companyId: Id.nullable(),
  isInternal: z.boolean(),
});
export type Engagement = z.infer<typeof Engagement>;
export const EngagementPage = pageOf(Engagement);

/** A number that could not be read, with what it might be. */
export const NumberProblem = z.object({
  number: PhoneNumber,
  owner: z.object({ kind: z.enum(['contact', 'company']), id: Id, name: z.string() }),
  explanation: z.string(),
});
export type NumberProblem = z.infer<typeof NumberProblem>;
export const NumberProblemPage = pageOf(NumberProblem).extend({ total: z.number().int() });
export const NumberFix = z.object({ raw: z.string().trim().min(1).max(200) });
