/** A contact a number belongs to, as phones may know them. */
export interface LabelledContact {
  readonly id: string;
  readonly name: string;
  readonly firstName: string;
  readonly companyId: string | null;
  readonly companyName: string | null;
}

export interface LabelledCompany {
  readonly id: string;
  readonly name: string;
}

/** What a phone shows for one number, and whom it opens: a contact, or the company when it is no one person's. */
export interface Label {
  readonly text: string;
  readonly contactId: string;
}

const namesShown = 2;

function shared(contacts: readonly LabelledContact[], company: LabelledCompany | undefined): Label {
  const names = contacts.slice(0, namesShown).map((contact) => (contact.firstName === '' ? contact.name : contact.firstName));
  const more = contacts.length - names.length;
  const people = `${names.join(', ')}${more > 0 ? ` +${more}` : ''}`;
  return { text: company === undefined ? people : `${company.name}: ${people}`, contactId: company?.id ?? contacts[0]?.id ?? '' };
}

/**
 * One label for a number. A person: “Jan Kowalski · ACME”. A number several share, because a phone must show one:
 * “ACME: Anna, Jan +3”. A company’s own: “ACME”. Undefined when nobody may be shown.
 */
export function labelOf(contacts: readonly LabelledContact[], companies: readonly LabelledCompany[]): Label | undefined {
  const [first] = contacts;
  const [ownCompany] = companies;
  if (first === undefined) return ownCompany === undefined ? undefined : { text: ownCompany.name, contactId: ownCompany.id };

  const employer = first.companyId === null || first.companyName === null ? undefined : { id: first.companyId, name: first.companyName };
  const isOneEmployer = employer !== undefined && contacts.every((contact) => contact.companyId === employer.id);
  const company = ownCompany ?? (isOneEmployer ? employer : undefined);
  if (contacts.length > 1) return shared(contacts, company);
  return { text: employer === undefined ? first.name : `${first.name} · ${employer.name}`, contactId: first.id };
}
