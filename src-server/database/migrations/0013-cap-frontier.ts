import type { Migration } from './migration.ts';

/** How far down a cap of everybody has looked for its members, so that a cap with room left looks at nobody twice. */
export const capFrontier: Migration = {
  name: '0013-cap-frontier',
  sql: `
-- Everybody at or above this activity_rank was looked at; nobody below. 0: everybody; null: not known, so the least
-- recent member's. Only a cap of everybody looks.
alter table directories add column frontier integer;
update directories set frontier = 0 where scope not like 'all#%';
`,
};
