import type { Migration } from './migration.ts';

/** Where a phone's requests come from, so that an account two readers share is noticed. */
export const sharedAccounts: Migration = {
  name: '0017-shared-accounts',
  sql: `
alter table device_requests add column ip text;

-- When an account was last seen in use by two, and what was seen (JSON); null: not, or the manager looked into it.
alter table devices add column account_shared_at text;
alter table devices add column account_shared_by text;
-- Requests before this say nothing: the account was made anew then, or the manager said that it is one phone.
alter table devices add column account_watched_from text;
`,
};
