import type { Migration } from './migration.ts';

/** Where a phone's requests come from, so that an account two readers share is noticed; and that its lease ended. */
export const accountsOfPhones: Migration = {
  name: '0017-accounts-of-phones',
  sql: `
alter table device_requests add column ip text;

-- When an account was last seen in use by two, and what was seen (JSON); null: not, or the manager looked into it.
alter table devices add column account_shared_at text;
alter table devices add column account_shared_by text;
-- Requests before this say nothing: the account was made anew then, or the manager said that it is one phone.
alter table devices add column account_watched_from text;

-- A lease ends on every phone, so its end is written down once, however the phone learns of it.
alter table devices add column lease_ended_at text;
`,
};
