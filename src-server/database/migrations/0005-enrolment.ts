import type { Migration } from './migration.ts';

/** What happens between a pairing and a phone whose own dialler knows who calls. */
export const enrolment: Migration = {
  name: '0005-enrolment',
  sql: `
alter table pairings add column lease_days integer;                -- for the phone that comes of it; null: for ever
alter table devices add column lease_renewal_asked_at text;        -- the manager asked for the account to be installed again

create table device_setups (                                       -- what was handed to a phone that sets itself up, and what its owner said
  device_id text primary key references devices (id) on delete cascade,
  way text not null,                                               -- 'ios' | 'android': by which its account was made last
  account_made_at text not null,
  profile_fetched_at text,
  test_call_at text,
  test_call_worked integer                                         -- 1: the name was shown
);
create table profile_handovers (                                   -- profiles waiting for the one request that may fetch them
  nonce_hash text primary key,
  device_id text not null references devices (id) on delete cascade,
  profile_sealed text not null,                                    -- holds a password, so it is sealed, and gone after a minute
  expires_at text not null
);
create index profile_handovers_of on profile_handovers (device_id);
create index profile_handovers_by_end on profile_handovers (expires_at);
`,
};
