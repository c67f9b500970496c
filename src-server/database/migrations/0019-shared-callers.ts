import type { Migration } from './migration.ts';

/** A call keeps how many people its number may have stood for, so that it is asked afterwards who it was. */
export const sharedCallers: Migration = {
  name: '0019-shared-callers',
  sql: `
alter table calls add column shared_by integer not null default 0;
`,
};
