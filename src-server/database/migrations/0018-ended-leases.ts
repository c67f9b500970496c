import type { Migration } from './migration.ts';

/** A lease ends on every phone, so its end is written down once, however the phone learns of it. */
export const endedLeases: Migration = {
  name: '0018-ended-leases',
  sql: `
alter table devices add column lease_ended_at text;
`,
};
