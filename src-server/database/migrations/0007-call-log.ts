import type { Migration } from './migration.ts';

/** Missed callers as tasks, and an index for each way the call log is narrowed. */
export const callLog: Migration = {
  name: '0007-call-log',
  sql: `
alter table tasks add column kind text not null default 'follow-up';   -- 'follow-up' | 'call-back'
alter table tasks add column caller text;                              -- of a call-back: E.164, or the digits as they rang
alter table tasks add column missed_calls integer not null default 0;  -- how often that caller was missed
alter table tasks add column missed_at text;                           -- when they last rang in vain
create index tasks_of_caller on tasks (caller) where caller is not null and is_done = 0;

alter table calls add column ticket_id text references tickets (id) on delete set null;  -- the ticket it led to, or stands on
create index calls_of_ticket on calls (ticket_id) where ticket_id is not null;

drop index calls_of_company;
create index calls_of_company on calls (company_id, started_at, id) where company_id is not null;
create index calls_by_direction on calls (direction, started_at, id);
create index calls_by_outcome on calls (outcome, started_at, id) where outcome is not null;
create index calls_of_source on calls (source, started_at, id);
create index calls_withheld on calls (started_at, id) where is_withheld = 1;
create index calls_of_strangers on calls (started_at, id) where contact_id is null and company_id is null and is_withheld = 0;
create index calls_of_raw_number on calls (number, started_at, id) where e164 is null and number is not null;
`,
};
