import type { Migration } from './migration.ts';

/** Desk phones and telephone systems: each has a key of its own, its contacts, and the trace of its last requests. */
export const pbxSources: Migration = {
  name: '0006-pbx-sources',
  sql: `
create table pbx_sources (
  id text primary key,
  name text not null,
  kind text not null,                               -- 'yealink' | 'snom' | … | '3cx' | 'asterisk' | 'kamailio' | 'ldap' | 'generic'
  token_hash text not null unique,                  -- SHA-256, hex; of nobody's key once revoked
  state text not null,                              -- 'active' | 'revoked'
  scope text not null,                              -- JSON: whose numbers it may list
  directory_id integer references directories (id) on delete set null,   -- null once revoked
  most_entries integer,                             -- cap of its phone book; null: what its maker takes
  addresses text not null default '[]',             -- JSON: addresses and networks it must come from; []: any
  first_used_at text,
  last_used_at text,
  last_ip text,
  revoked_at text,
  created_at text not null
);
create index pbx_sources_of_directory on pbx_sources (directory_id);

create table pbx_extensions (                       -- whose telephone it is, so that a call rings on the right screens
  source_id text not null references pbx_sources (id) on delete cascade,
  extension text not null,
  agent_id text not null references agents (id) on delete cascade,
  primary key (source_id, extension)
) without rowid;

create table pbx_requests (                         -- the trace of its last requests; old ones are forgotten
  id integer primary key autoincrement,
  source_id text not null references pbx_sources (id) on delete cascade,
  at text not null,
  what text not null,                               -- the route, without key and number
  status integer not null,
  note text,
  ip text not null,
  milliseconds integer not null
);
create index pbx_requests_of on pbx_requests (source_id, id);
`,
};
