import type { Migration } from './migration.ts';

/** What each source said of a call, so that a telephone system and a phone that report the same one make one entry of the log. */
export const callLegs: Migration = {
  name: '0018-call-legs',
  sql: `
create table call_legs (
  source text not null,                             -- 'device:ID' | 'pbx:ID'
  source_call_id text not null,                     -- as the source names the call, else made up
  call_id text not null references calls (id) on delete cascade,  -- the entry of the log
  agent_id text,
  state text not null,                              -- 'ringing' | 'answered' | 'ended' | 'missed'
  started_at text not null,                         -- rang_at, or the earliest that is known
  rang_at text,
  answered_at text,
  ended_at text,
  duration_seconds integer,                         -- as the source said
  primary key (source, source_call_id)
) without rowid;
create index call_legs_of_call on call_legs (call_id);
create index call_legs_of_source on call_legs (source, started_at);
insert into call_legs (source, source_call_id, call_id, agent_id, state, started_at, rang_at, answered_at, ended_at, duration_seconds)
  select source, coalesce(source_call_id, id), id, agent_id, state, started_at, started_at, answered_at, ended_at, duration_seconds from calls;

-- The line on timelines that was written by itself; what is said of the call later takes its place.
alter table calls add column engagement_id text;
`,
};
