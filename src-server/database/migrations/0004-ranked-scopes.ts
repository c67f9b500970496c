import type { Migration } from './migration.ts';

/** A phone may be given the most recently active contacts of its scope only; who they are is kept current. */
export const rankedScopes: Migration = {
  name: '0004-ranked-scopes',
  sql: `
alter table directories add column most integer;                               -- contacts at most; null: no cap
alter table directories add column member_count integer not null default 0;    -- contacts inside the cap

create table directory_members (                    -- of directories with a cap only
  directory_id integer not null references directories (id) on delete cascade,
  contact_id text not null,
  rank integer not null,                            -- the contact's activity_rank
  is_inside integer not null,                       -- 0: in the lists, but beyond the cap
  primary key (directory_id, contact_id)
) without rowid;
create index directory_members_by_rank on directory_members (directory_id, is_inside, rank);
`,
};
