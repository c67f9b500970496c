import type { Migration } from './migration.ts';

// Ids are UUIDv7 text, times ISO 8601 UTC text, booleans 0/1. `search_id` is the row's key in the full-text index:
// declared, because an implicit rowid may change on VACUUM.
export const initialSchema: Migration = {
  name: '0001-initial-schema',
  sql: `
-- What every feature shares ------------------------------------------------------------------------------------------

create table settings (
  feature text primary key,
  value text not null,                              -- JSON of the feature's settings schema
  updated_at text not null
);

create table counters (
  name text primary key,
  value integer not null
);

create table change_log (                           -- the one change feed: directories, cursors, caches are readings of it
  seq integer primary key autoincrement,
  entity text not null,                             -- 'contact' | 'company' | 'deal' | 'list' | 'scope'
  entity_id text not null,
  op text not null,                                 -- 'put' | 'delete'
  at text not null
);

create table live_events (                          -- what open screens are told; pruned after a day
  seq integer primary key autoincrement,
  audience text not null,                           -- 'agents' | 'device:ID' | 'member:ID'
  kind text not null,
  payload text not null,
  at text not null
);
create index live_events_by_time on live_events (at);

create table outbox (
  id text primary key,
  kind text not null,                               -- 'mail'
  dedupe_key text unique,
  payload text not null,
  state text not null default 'waiting',            -- 'waiting' | 'sent' | 'failed' | 'cancelled'
  attempts integer not null default 0,
  next_attempt_at text not null,
  lease_until text,
  last_error text,
  created_at text not null,
  sent_at text
);
create index outbox_due on outbox (state, next_attempt_at);
create index outbox_by_kind on outbox (kind, created_at, id);

create table audit_log (
  seq integer primary key autoincrement,
  at text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  action text not null,                             -- e.g. 'device.revoked'
  target_kind text,
  target_id text,
  target_name text,
  detail text not null default '{}',
  previous_hash text not null,
  hash text not null                                -- SHA-256 over the row and previous_hash
);
create index audit_log_by_action on audit_log (action, seq);
create index audit_log_by_target on audit_log (target_kind, target_id, seq);

create table throttles (                            -- failed tries by account or address
  key text primary key,
  tries integer not null,
  window_ends_at text not null
);

create table idempotency_keys (
  scope text not null,                              -- whose key it is, e.g. 'device:ID'
  key text not null,
  request_hash text not null,
  status integer not null,
  response text not null,
  created_at text not null,
  primary key (scope, key)
);

-- Team ------------------------------------------------------------------------------------------------------------------

create table agents (
  id text primary key,
  name text not null,
  email text unique,
  role text not null,                               -- 'owner' | 'admin' | 'agent'
  is_active integer not null default 1,
  created_at text not null,
  updated_at text not null
);

-- People ----------------------------------------------------------------------------------------------------------------

create table companies (
  search_id integer primary key autoincrement,
  id text not null unique,
  name text not null,
  domain text,
  country text,                                     -- ISO 3166-1 alpha-2; default country of its numbers
  city text,
  owner_agent_id text references agents (id) on delete set null,
  created_at text not null,
  updated_at text not null,
  last_activity_at text not null,
  activity_rank integer not null unique             -- place by last activity, the newest highest; rowid in company_search
);
create index companies_by_name on companies (name collate nocase, id);
create index companies_by_domain on companies (domain);

create table contacts (
  search_id integer primary key autoincrement,
  id text not null unique,
  first_name text not null default '',
  last_name text not null default '',
  email text unique,                                -- canonical: trimmed, lower case
  company_id text references companies (id) on delete set null,
  job_title text,
  language text,                                    -- BCP 47
  country text,                                     -- ISO 3166-1 alpha-2; default country of their numbers
  owner_agent_id text references agents (id) on delete set null,
  publish_to_phones integer not null default 1,
  created_at text not null,
  updated_at text not null,
  last_activity_at text not null,
  activity_rank integer not null unique             -- place by last activity, the newest highest; rowid in contact_search
);
create index contacts_by_company on contacts (company_id, activity_rank);
create index contacts_by_name on contacts (last_name collate nocase, first_name collate nocase, id);

-- rowid = activity_rank, so that descending rowids are the most recently active first and a page reads no more than it
-- shows. Words of up to six letters have a list each, whatever begins with them; longer ones are rare enough to merge.
create virtual table contact_search using fts5 (
  text, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 5 6', tokenize = "unicode61 remove_diacritics 2"
);

create virtual table company_search using fts5 (    -- as contact_search
  text, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 5 6', tokenize = "unicode61 remove_diacritics 2"
);

create table people_refresh (                       -- walks over many contacts or values, done in the background bit by bit
  id integer primary key autoincrement,
  kind text not null,                               -- 'company' | 'company-removal' | 'list' | 'list-removal' | 'property-removal'
  target_id text not null,
  reached text not null default '',                 -- where the next step goes on
  unique (kind, target_id)
);

create table deals (
  id text primary key,
  name text not null,
  amount text,                                      -- decimal, e.g. '12400.00'
  currency text,                                    -- ISO 4217
  stage text,
  is_open integer not null default 1,
  company_id text references companies (id) on delete set null,
  close_date text,
  created_at text not null,
  updated_at text not null
);
create index deals_by_company on deals (company_id, is_open, updated_at, id);
create index deals_by_change on deals (updated_at, id);

create table deal_contacts (
  deal_id text not null references deals (id) on delete cascade,
  contact_id text not null references contacts (id) on delete cascade,
  primary key (deal_id, contact_id)
) without rowid;
create index deal_contacts_by_contact on deal_contacts (contact_id, deal_id);

create table lists (
  id text primary key,
  name text not null unique,
  kind text not null,                               -- 'static' | 'active'
  filter text,                                      -- JSON of ListFilter for active lists
  member_count integer not null default 0,          -- kept current: counting a million rows takes too long
  created_at text not null,
  updated_at text not null
);

create table list_members (                         -- for active lists too: kept current when a contact changes
  list_id text not null references lists (id) on delete cascade,
  contact_id text not null references contacts (id) on delete cascade,
  added_at text not null,
  primary key (list_id, contact_id)
) without rowid;
create index list_members_by_contact on list_members (contact_id, list_id);

create table properties (                           -- custom ones; the built-in ones are columns
  id text primary key,
  object text not null,                             -- 'contact' | 'company' | 'deal' | 'ticket'
  name text not null,                               -- internal name
  label text not null,
  type text not null,                               -- 'text' | 'number' | 'date' | 'choice' | 'checkbox'
  options text,                                     -- JSON array of strings for 'choice'
  created_at text not null,
  unique (object, name)
);

create table property_values (
  property_id text not null references properties (id) on delete cascade,
  record_id text not null,
  value text not null,
  primary key (record_id, property_id)
) without rowid;
create index property_values_by_value on property_values (property_id, value, record_id);

create table engagements (                          -- the timeline of contacts, companies and tickets
  id text primary key,
  kind text not null,                               -- 'message' | 'note' | 'call' | 'ticket-opened' | 'ticket-closed' | 'joined-portal' | 'task' | …
  at text not null,
  contact_id text,
  company_id text,
  ticket_id text,
  actor_kind text not null,
  actor_name text not null,
  summary text not null,
  subject_id text,                                  -- the message, note, call or task it is about
  is_internal integer not null default 1
);
create index engagements_by_contact on engagements (contact_id, at, id);
create index engagements_by_company on engagements (company_id, at, id);
create index engagements_by_ticket on engagements (ticket_id, at, id);
create index engagements_by_kind on engagements (kind, at);

-- Numbers ----------------------------------------------------------------------------------------------------------------

create table phone_numbers (
  id integer primary key autoincrement,
  owner_kind text not null,                         -- 'contact' | 'company'
  owner_id text not null,
  field text not null,                              -- 'phone' | 'mobile' | 'other'
  position integer not null,                        -- several numbers may stand in one field
  raw text not null,                                -- exactly as it was entered or imported
  kind text not null,                               -- 'e164' | 'short' | 'internal' | 'withheld' | 'unreadable'
  e164 text,                                        -- '+48601234567'
  extension text,
  country text,                                     -- the default country it was read with
  suggestion text,                                  -- for 'unreadable': what it might be, E.164
  problem text,                                     -- for 'unreadable': why, a stable code
  is_primary integer not null default 0,
  is_switchboard integer not null default 0,
  is_shared integer not null default 0,             -- marked by a person; sharing by several owners is found by itself
  metadata_version text not null,
  unique (owner_kind, owner_id, field, position)
);
create index phone_numbers_by_e164 on phone_numbers (e164) where e164 is not null;
create index phone_numbers_unreadable on phone_numbers (kind, id) where kind = 'unreadable';

create table number_keys (                          -- narrow and covering: every look-up is one seek here
  key text not null,                                -- 'e:48601234567' 'x:…#12' 'a:…' 'n:…' 's:…' 'd:…' 'short:PL:112' 'int:101'
  number_id integer not null references phone_numbers (id) on delete cascade,
  owner_kind text not null,
  owner_id text not null,
  primary key (key, number_id)
) without rowid;
create index number_keys_by_number on number_keys (number_id);

-- Imports ----------------------------------------------------------------------------------------------------------------

create table import_batches (
  id text primary key,
  object text not null,                             -- 'contacts' | 'companies' | 'tickets' | 'deals'
  source text not null,                             -- 'hubspot' | 'other'
  file_name text not null,
  file_path text not null,                          -- inside the data folder's imports
  state text not null,                              -- as in the contract
  analysis text not null,                           -- JSON of ImportAnalysis
  options text,                                     -- JSON of ImportOptions
  progress text not null,                           -- JSON of ImportProgress
  problem text,                                     -- why it stopped, for 'failed'
  reached_row integer not null default 0,           -- rows whose outcome is committed; a run goes on after them
  stamp text,                                       -- what this batch writes as updated_at: a record with another one was changed since
  release_after integer,                            -- while its tickets are being shown to customers: rows up to here are
  lease_until text,                                 -- until when the process that works on it is believed to live
  created_by text not null,
  created_at text not null,
  finished_at text
);
create index import_batches_by_state on import_batches (state, created_at);
create index import_batches_releasing on import_batches (id) where release_after is not null;

create table import_rows (                          -- what a batch did, so that it can be undone
  batch_id text not null references import_batches (id) on delete cascade,
  row_number integer not null,
  record_kind text not null,                        -- 'contact' | 'company' | 'ticket' | 'deal'
  record_id text not null,
  action text not null,                             -- 'created' | 'updated'
  before text,                                      -- JSON of what an update replaced
  primary key (batch_id, row_number, record_kind, record_id)
) without rowid;

create table import_errors (                        -- rows that were refused, and remarks on rows that were not
  id integer primary key autoincrement,
  batch_id text not null references import_batches (id) on delete cascade,
  row_number integer not null,
  kind text not null,                               -- 'error' | 'remark'
  column_name text not null,
  message text not null,
  row_values text not null                          -- JSON array of the row as it stood in the file
);
create index import_errors_of_batch on import_errors (batch_id, id);

create table import_links (                         -- records that name another by its foreign id, before that one has come
  source text not null,
  object text not null,                             -- 'contact' | 'company': what is waited for
  external_id text not null,
  record_kind text not null,
  record_id text not null,
  primary key (source, object, external_id, record_kind, record_id)
) without rowid;
create index import_links_by_record on import_links (record_id);

create table external_ids (                         -- which record a row of a foreign system became: makes imports repeatable
  source text not null,
  object text not null,
  external_id text not null,
  record_id text not null,
  primary key (source, object, external_id)
) without rowid;
create index external_ids_by_record on external_ids (record_id);

-- Tickets and conversations -----------------------------------------------------------------------------------------------

create table pipelines (
  id text primary key,
  name text not null unique,
  position integer not null
);

create table stages (
  id text primary key,
  pipeline_id text not null references pipelines (id) on delete cascade,
  name text not null,
  position integer not null,
  is_open integer not null,
  public_name text,                                 -- what customers read; JSON {locale: name}
  turn text,                                        -- 'team' | 'customer' | null
  unique (pipeline_id, name)
);

create table inboxes (
  id text primary key,
  name text not null unique,
  pipeline_id text not null references pipelines (id),
  stage_id text not null references stages (id),    -- where its new tickets start
  is_connected integer not null default 1,          -- an unconnected mailbox's messages never reach customers
  created_at text not null
);

create table tickets (
  search_id integer primary key autoincrement,
  id text not null unique,
  number integer not null unique,
  subject text not null,
  pipeline_id text not null references pipelines (id),
  stage_id text not null references stages (id),
  is_open integer not null,
  priority text not null default 'medium',          -- 'low' | 'medium' | 'high' | 'urgent'
  category text,
  source text not null,                             -- 'portal' | 'phone' | 'email' | 'form' | 'chat' | 'desk' | 'import' | 'webhook'
  contact_id text references contacts (id) on delete set null,
  company_id text references companies (id) on delete set null,
  assignee_id text references agents (id) on delete set null,
  inbox_id text references inboxes (id) on delete set null,
  is_released integer not null default 1,           -- imported tickets stay hidden from customers until released
  last_public_text text not null default '',        -- start of the newest message customers may see
  waits_for text not null default 'team',           -- 'team' | 'customer' | 'nobody'
  created_at text not null,
  updated_at text not null,
  last_activity_at text not null,                   -- of anything
  last_public_at text not null,                     -- of what customers may see
  closed_at text
);
create index tickets_by_activity on tickets (is_open, last_activity_at, id);
create index tickets_by_turn on tickets (waits_for, is_open, last_activity_at, id);
create index tickets_of_assignee on tickets (assignee_id, is_open, last_activity_at, id);
create index tickets_of_inbox on tickets (inbox_id, is_open, last_activity_at, id);
create index tickets_of_stage on tickets (stage_id, last_activity_at, id);
create index tickets_of_company on tickets (company_id, is_open, last_activity_at, id);
create index tickets_of_contact on tickets (contact_id, is_open, last_activity_at, id);
-- What customers sort by. A contact has few tickets, a company may have very many: one index for each order.
create index released_tickets_of_contact on tickets (contact_id, is_open, last_public_at, number) where is_released = 1;
create index released_tickets_by_activity on tickets (company_id, is_open, last_public_at, number) where is_released = 1;
create index released_tickets_by_creation on tickets (company_id, is_open, created_at, number) where is_released = 1;
create index released_tickets_by_number on tickets (company_id, is_open, number) where is_released = 1;
create index released_tickets_by_subject on tickets (company_id, is_open, subject collate nocase, number) where is_released = 1;

create table ticket_tallies (                       -- how many open tickets there are of each kind, so that nothing needs to count them
  inbox_id text not null,                           -- '' = none
  assignee_id text not null,                        -- '' = nobody
  waits_for text not null,
  open_tickets integer not null,
  primary key (inbox_id, assignee_id, waits_for)
) without rowid;

-- Triggers rather than code: a foreign key that clears an assignee changes tickets without passing any code.
create trigger tickets_tally_insert after insert on tickets when new.is_open = 1 begin
  insert into ticket_tallies values (coalesce(new.inbox_id, ''), coalesce(new.assignee_id, ''), new.waits_for, 1)
  on conflict do update set open_tickets = open_tickets + 1;
end;
create trigger tickets_tally_delete after delete on tickets when old.is_open = 1 begin
  update ticket_tallies set open_tickets = open_tickets - 1
  where inbox_id = coalesce(old.inbox_id, '') and assignee_id = coalesce(old.assignee_id, '') and waits_for = old.waits_for;
end;
create trigger tickets_tally_update after update of is_open, inbox_id, assignee_id, waits_for on tickets begin
  update ticket_tallies set open_tickets = open_tickets - 1
  where old.is_open = 1 and inbox_id = coalesce(old.inbox_id, '') and assignee_id = coalesce(old.assignee_id, '') and waits_for = old.waits_for;
  insert into ticket_tallies
  select coalesce(new.inbox_id, ''), coalesce(new.assignee_id, ''), new.waits_for, 1 where new.is_open = 1
  on conflict do update set open_tickets = open_tickets + 1;
end;

-- rowid = search_id. 'owner' holds one token each for the contact and the company of a released ticket, else nothing.
-- 'public_text' is what the customer sees by default (number, subject, newest thread); 'older_text' the other threads they may see.
-- The prefixes let a word that is only begun be answered as fast as a whole one, however many tickets hold it.
create virtual table ticket_search using fts5 (
  owner, public_text, older_text, content = '', contentless_delete = 1, detail = column, prefix = '2 3 4 5 6 7 8',
  tokenize = "unicode61 remove_diacritics 2"
);

create virtual table ticket_note_search using fts5 (-- rowid = search_id: what only agents may find
  text, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 5 6 7 8', tokenize = "unicode61 remove_diacritics 2"
);

create table threads (
  id text primary key,
  ticket_id text not null references tickets (id) on delete cascade,
  inbox_id text references inboxes (id) on delete set null,
  channel text not null,                            -- 'portal' | 'email' | 'form' | 'chat' | 'phone' | 'desk' | 'webhook'
  subject text not null,
  created_at text not null,
  last_message_at text not null
);
create index threads_of_ticket on threads (ticket_id, last_message_at, id);

create table messages (                             -- only what both sides may read; see internal_notes
  id text primary key,
  thread_id text not null references threads (id) on delete cascade,
  ticket_id text not null references tickets (id) on delete cascade,
  direction text not null,                          -- 'in' | 'out'
  author_kind text not null,                        -- 'contact' | 'agent' | 'system'
  author_id text,
  author_name text not null,
  body_text text not null,
  created_at text not null
);
create index messages_of_thread on messages (thread_id, created_at, id);
create index messages_of_ticket on messages (ticket_id, created_at, id);

create table internal_notes (                       -- notes and comments: a table of their own, which no customer read knows
  id text primary key,
  kind text not null,                               -- 'note' (on a record) | 'comment' (inside a thread)
  ticket_id text references tickets (id) on delete cascade,
  thread_id text references threads (id) on delete cascade,
  contact_id text references contacts (id) on delete cascade,
  company_id text references companies (id) on delete cascade,
  author_id text not null,
  author_name text not null,
  body_text text not null,
  created_at text not null
);
create index internal_notes_of_ticket on internal_notes (ticket_id, created_at, id);
create index internal_notes_of_contact on internal_notes (contact_id, created_at, id);
create index internal_notes_of_company on internal_notes (company_id) where company_id is not null;

create table attachments (
  id text primary key,
  message_id text references messages (id) on delete cascade,   -- null while it waits for its message
  uploaded_by text not null,                        -- 'agent:ID' | 'member:ID' | 'device:ID'
  file_name text not null,
  media_type text not null,                         -- sniffed from the content, never believed from the sender
  byte_size integer not null,
  sha256 text not null,
  storage_name text not null unique,
  created_at text not null
);
create index attachments_of_message on attachments (message_id);
create index attachments_of_uploader on attachments (uploaded_by, created_at, byte_size);
create index attachments_unclaimed on attachments (created_at) where message_id is null;

-- Portal members ------------------------------------------------------------------------------------------------------------

create table members (
  id text primary key,
  contact_id text not null unique references contacts (id) on delete cascade, -- signs in with the contact's address
  password_hash text,
  state text not null,                              -- 'invited' | 'active' | 'disabled'
  visibility text,                                  -- null = the portal's setting; 'own' | 'company'
  invited_at text,
  activated_at text,
  last_sign_in_at text,
  created_at text not null,
  updated_at text not null
);
create index members_by_state on members (state, id);

create table member_links (                         -- invitation and password reset: one use, hashed
  id text primary key,
  member_id text not null references members (id) on delete cascade,
  kind text not null,                               -- 'invitation' | 'password-reset'
  token_hash text not null unique,
  expires_at text not null,
  used_at text,
  created_at text not null
);
create index member_links_of_member on member_links (member_id, kind, created_at);

create table sessions (
  token_hash text primary key,
  id text not null unique,                          -- names it on the member's own page
  member_id text not null references members (id) on delete cascade,
  csrf_secret text not null,
  created_at text not null,
  last_seen_at text not null,
  expires_at text not null,                         -- absolute end
  ip text,
  user_agent text
) without rowid;
create index sessions_of_member on sessions (member_id);
create index sessions_by_end on sessions (expires_at);

create table drafts (                               -- nothing typed is ever lost
  owner text not null,                              -- 'member:ID' | 'agent:ID'
  place text not null,                              -- e.g. 'ticket:ID' or 'wizard:first-run'
  body text not null,                               -- JSON
  updated_at text not null,
  primary key (owner, place)
) without rowid;

-- Phones ----------------------------------------------------------------------------------------------------------------------

create table pairings (
  id text primary key,
  token_hash text not null unique,
  device_label text not null,
  agent_id text not null references agents (id) on delete cascade,
  scope text not null,                              -- JSON of DeviceScope
  approves_itself integer not null default 0,
  state text not null,                              -- 'open' | 'claimed' | 'approved' | 'completed' | 'declined' | 'expired' | 'cancelled'
  claim_id text unique,
  claimed_name text,
  claimed_platform text,
  claimed_user_agent text,
  claimed_ip text,
  code text,
  device_id text,
  allows_other_networks integer not null default 0,
  refused_ip text,                                  -- a phone outside the office network tried, and was not let in
  created_at text not null,
  expires_at text not null,                         -- of the present state: to claim, then to approve, then to fetch
  claimed_at text
);
create index pairings_by_state on pairings (state, expires_at);

create table directories (                          -- one for each distinct scope; devices with the same scope share it
  id integer primary key autoincrement,
  scope text not null unique,                       -- 'all' or sorted list ids
  state text not null,                              -- 'collecting' | 'rendering' (both: its first build) | 'ready' | 'dropped'
  collected_through text not null default '',       -- where collecting goes on
  rendered_through integer not null default 0,      -- digits, while rendering
  expected_count integer not null default 0,        -- numbers to come, while building
  entry_count integer not null default 0,           -- numbers that are there
  first_seq integer not null,                       -- the batch of everything that came with the first build
  newest_seq integer not null,                      -- the newest batch that changed it
  created_at text not null
);

create table devices (
  id text primary key,
  name text not null,
  agent_id text not null references agents (id) on delete cascade,
  platform text not null,                           -- 'ios' | 'android' | 'other'
  token_hash text not null unique,
  dav_password_hash text not null,
  state text not null,                              -- 'active' | 'wiping' | 'wiped' | 'revoked'
  directory_id integer references directories (id) on delete set null,   -- null once it is wiped or revoked
  epoch integer not null default 1,                 -- a new scope or a wipe starts a new one; older cursors are refused
  caller_id integer not null default 1,
  log_calls integer not null default 0,
  outcome_screen integer not null default 1,
  show_deal integer not null default 0,
  contacts_synced integer not null default 0,
  synced_seq integer not null default 0,
  last_sync_at text,
  last_seen_at text,
  last_ip text,
  user_agent text,
  wipe_requested_at text,
  wipe_confirmed_at text,
  revoked_at text,
  created_at text not null
);
create index devices_by_state on devices (state, created_at, id);
create index devices_of_agent on devices (agent_id, state);
create index devices_of_directory on devices (directory_id) where directory_id is not null;

create table device_lists (
  device_id text not null references devices (id) on delete cascade,
  list_id text not null references lists (id) on delete cascade,
  primary key (device_id, list_id)
) without rowid;

create table directory_sources (                    -- which numbers an owner had when they were last published, to know what a change took away
  owner_id text not null,
  digits integer not null,
  primary key (owner_id, digits)
) without rowid;

create table directory_work (                       -- numbers whose label must be rendered again
  directory_id integer not null references directories (id) on delete cascade,
  digits integer not null,
  primary key (directory_id, digits)
) without rowid;

create table directory_batches (                    -- every value 'seq' of an entry ever had; a cursor that is not here is refused
  seq integer primary key,                          -- grows with the clock, so that a restored backup never repeats one
  at text not null
);

create table directory_entries (                    -- what phones are given: one label a number, rendered once
  directory_id integer not null references directories (id) on delete cascade,
  digits integer not null,                          -- E.164 without '+': at most 15 digits, below 2^53
  label text not null,
  contact_id text not null,
  seq integer not null,                             -- the batch that wrote it
  is_removed integer not null default 0,
  primary key (directory_id, digits)
) without rowid;
create index directory_entries_by_seq on directory_entries (directory_id, seq, digits);
create index directory_entries_removed on directory_entries (directory_id, seq) where is_removed = 1;

create table calls (
  id text primary key,
  source text not null,                             -- 'device:ID', later 'pbx:ID'
  source_call_id text,
  agent_id text references agents (id) on delete set null,
  direction text not null,                          -- 'inbound' | 'outbound'
  number text,                                      -- as reported; null when withheld
  e164 text,
  is_withheld integer not null default 0,
  state text not null,                              -- 'ringing' | 'answered' | 'ended' | 'missed'
  contact_id text references contacts (id) on delete set null,
  company_id text references companies (id) on delete set null,
  match_kind text,                                  -- 'exact' | 'alias' | 'ddi' | 'maybe'
  label text,                                       -- what was shown when it rang
  via text not null default 'phone',                -- 'phone-page' | 'phone' (its own dialler)
  started_at text not null,
  answered_at text,
  ended_at text,
  duration_seconds integer,
  outcome text,                                     -- 'connected' | 'no-answer' | 'busy' | 'left-message' | 'wrong-number'
  note text,
  outcome_at text,
  created_at text not null,
  unique (source, source_call_id)
);
create index calls_of_agent on calls (agent_id, started_at, id);
create index calls_of_agent_by_state on calls (agent_id, state, started_at, id);
create index calls_by_time on calls (started_at, id);
create index calls_of_contact on calls (contact_id, started_at, id);
create index calls_of_company on calls (company_id) where company_id is not null;
create index calls_by_state on calls (state, started_at, id);

create table tasks (
  id text primary key,
  title text not null,
  due_at text,
  due_order text not null,                          -- due_at, or a time after all others
  agent_id text references agents (id) on delete set null,
  contact_id text references contacts (id) on delete cascade,
  company_id text references companies (id) on delete cascade,
  ticket_id text references tickets (id) on delete cascade,
  call_id text references calls (id) on delete set null,
  is_done integer not null default 0,
  done_at text,
  created_at text not null
);
create index tasks_of_agent on tasks (agent_id, is_done, due_order, id);
create index tasks_by_due on tasks (is_done, due_order, id);
create index tasks_of_call on tasks (call_id) where call_id is not null;
create index tasks_of_contact on tasks (contact_id, is_done, due_order, id);
create index tasks_of_company on tasks (company_id) where company_id is not null;

-- Certificates and backups --------------------------------------------------------------------------------------------------

create table certificates (
  id text primary key,
  kind text not null,                               -- 'authority' | 'server'
  origin text not null,                             -- 'local' | 'uploaded'
  certificate_pem text not null,
  chain_pem text not null default '',
  private_key_sealed text not null,                 -- sealed with the data folder's key
  fingerprint text not null,                        -- SHA-256 of the DER, lower-case hex
  names text not null,                              -- JSON array of DNS names and addresses
  not_before text not null,
  not_after text not null,
  is_active integer not null,
  created_at text not null
);
create index certificates_active on certificates (kind, is_active);

create table console_links (                        -- one-time links that open the console in a browser on this PC
  code_hash text primary key,                       -- SHA-256 of the code
  expires_at text not null
);

create table backups (
  id text primary key,
  file_path text not null,
  byte_size integer not null,
  is_verified integer not null,
  error text,
  created_at text not null
);
`,
};
