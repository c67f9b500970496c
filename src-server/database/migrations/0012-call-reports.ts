import type { Migration } from './migration.ts';

/**
 * Reports read counts of each day, not calls. Triggers note which hours changed, so that no way of writing a call can
 * forget it; the days of those hours are then counted again.
 */
export const callReports: Migration = {
  name: '0012-call-reports',
  sql: `
create table call_report_work (                     -- hours in which calls changed since their day was counted
  hour text primary key                             -- UTC, such as 2026-03-02T09
) without rowid;

create table call_day_counts (                      -- days and hours are the desk's own time
  day text not null,                                -- YYYY-MM-DD
  hour integer not null,                            -- 0 to 23
  agent_id text not null,                           -- '' for nobody
  direction text not null,                          -- 'inbound' | 'outbound'
  result text not null,                             -- 'answered' | 'missed' | 'unanswered'
  calls integer not null,
  talk_seconds integer not null,
  primary key (day, hour, agent_id, direction, result)
) without rowid;

create table call_day_outcomes (
  day text not null,
  agent_id text not null,
  outcome text not null,
  calls integer not null,
  primary key (day, agent_id, outcome)
) without rowid;

create table call_day_callers (
  day text not null,
  agent_id text not null,
  kind text not null,                               -- 'contact' | 'company'
  record_id text not null,
  calls integer not null,
  missed integer not null,
  primary key (day, agent_id, kind, record_id)
) without rowid;

create table call_day_callbacks (                   -- missed callers who were spoken to later, by the day they were
  day text not null,
  agent_id text not null,
  callers integer not null,
  seconds integer not null,                         -- from their first missed call, summed up
  primary key (day, agent_id)
) without rowid;

create index calls_of_caller on calls (e164, started_at) where e164 is not null;

create trigger call_report_inserted after insert on calls begin
  insert or ignore into call_report_work (hour) values (substr(new.started_at, 1, 13));
end;
create trigger call_report_updated after update on calls begin
  insert or ignore into call_report_work (hour) values (substr(new.started_at, 1, 13));
  insert or ignore into call_report_work (hour) values (substr(old.started_at, 1, 13));
end;
create trigger call_report_deleted after delete on calls begin
  insert or ignore into call_report_work (hour) values (substr(old.started_at, 1, 13));
end;
insert or ignore into call_report_work (hour) select distinct substr(started_at, 1, 13) from calls;
`,
};
