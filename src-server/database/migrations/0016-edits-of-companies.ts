import type { Migration } from './migration.ts';

/** What somebody changed on the card of a company waits to be decided like what was changed on a contact's. */
export const editsOfCompanies: Migration = {
  name: '0016-edits-of-companies',
  sql: `
alter table suggested_edits add column company_id text references companies (id) on delete cascade;
create index suggested_edits_of_company on suggested_edits (company_id) where company_id is not null;
`,
};
