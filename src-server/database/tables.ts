import type { ColumnType, Generated } from 'kysely';

// The rows as the database keeps them: snake_case, ids and ISO 8601 UTC times as text, booleans as 0 or 1.

type Flag = 0 | 1;
type FlagWithDefault = ColumnType<Flag, Flag | undefined, Flag>;

export interface SettingsTable {
  feature: string;
  value: string;
  updated_at: string;
}

export interface CountersTable {
  name: string;
  value: number;
}

export interface ChangeLogTable {
  seq: Generated<number>;
  entity: string;
  entity_id: string;
  op: string;
  at: string;
}

export interface LiveEventsTable {
  seq: Generated<number>;
  audience: string;
  kind: string;
  payload: string;
  at: string;
}

export interface OutboxTable {
  id: string;
  kind: string;
  dedupe_key: string | null;
  payload: string;
  state: Generated<string>;
  attempts: Generated<number>;
  next_attempt_at: string;
  lease_until: string | null;
  last_error: string | null;
  created_at: string;
  sent_at: string | null;
}

export interface AuditLogTable {
  seq: Generated<number>;
  at: string;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  target_kind: string | null;
  target_id: string | null;
  target_name: string | null;
  detail: Generated<string>;
  previous_hash: string;
  hash: string;
}

export interface ThrottlesTable {
  key: string;
  tries: number;
  window_ends_at: string;
}

export interface IdempotencyKeysTable {
  scope: string;
  key: string;
  request_hash: string;
  status: number;
  response: string;
  created_at: string;
}

export interface AgentsTable {
  id: string;
  name: string;
  email: string | null;
  role: string;
  is_active: FlagWithDefault;
  created_at: string;
  updated_at: string;
}

export interface CompaniesTable {
  search_id: Generated<number>;
  id: string;
  name: string;
  domain: string | null;
  country: string | null;
  city: string | null;
  owner_agent_id: string | null;
  created_at: string;
  updated_at: string;
  last_activity_at: string;
  activity_rank: number;
}

export interface ContactsTable {
  search_id: Generated<number>;
  id: string;
  first_name: Generated<string>;
  last_name: Generated<string>;
  email: string | null;
  company_id: string | null;
  job_title: string | null;
  language: string | null;
  country: string | null;
  owner_agent_id: string | null;
  publish_to_phones: FlagWithDefault;
  created_at: string;
  updated_at: string;
  last_activity_at: string;
  activity_rank: number;
}

export interface PeopleRefreshTable {
  id: Generated<number>;
  kind: string;
  target_id: string;
  reached: Generated<string>;
}

export interface DealsTable {
  id: string;
  name: string;
  amount: string | null;
  currency: string | null;
  stage: string | null;
  is_open: FlagWithDefault;
  company_id: string | null;
  close_date: string | null;
  created_at: string;
  updated_at: string;
}

export interface DealContactsTable {
  deal_id: string;
  contact_id: string;
}

export interface ListsTable {
  id: string;
  name: string;
  kind: string;
  filter: string | null;
  member_count: Generated<number>;
  created_at: string;
  updated_at: string;
}

export interface ListMembersTable {
  list_id: string;
  contact_id: string;
  added_at: string;
}

export interface PropertiesTable {
  id: string;
  object: string;
  name: string;
  label: string;
  type: string;
  options: string | null;
  created_at: string;
}

export interface PropertyValuesTable {
  property_id: string;
  record_id: string;
  value: string;
}

export interface EngagementsTable {
  id: string;
  kind: string;
  at: string;
  contact_id: string | null;
  company_id: string | null;
  ticket_id: string | null;
  actor_kind: string;
  actor_name: string;
  summary: string;
  subject_id: string | null;
  is_internal: FlagWithDefault;
}

export interface PhoneNumbersTable {
  id: Generated<number>;
  owner_kind: string;
  owner_id: string;
  field: string;
  position: number;
  raw: string;
  kind: string;
  e164: string | null;
  extension: string | null;
  country: string | null;
  suggestion: string | null;
  problem: string | null;
  is_primary: FlagWithDefault;
  is_switchboard: FlagWithDefault;
  is_shared: FlagWithDefault;
  metadata_version: string;
}

export interface NumberKeysTable {
  key: string;
  number_id: number;
  owner_kind: string;
  owner_id: string;
}

export interface ImportBatchesTable {
  id: string;
  object: string;
  source: string;
  file_name: string;
  file_path: string;
  state: string;
  analysis: string;
  options: string | null;
  progress: string;
  problem: string | null;
  reached_row: Generated<number>;
  stamp: string | null;
  release_after: number | null;
  lease_until: string | null;
  created_by: string;
  created_at: string;
  finished_at: string | null;
}

export interface ImportRowsTable {
  batch_id: string;
  row_number: number;
  record_kind: string;
  record_id: string;
  action: string;
  before: string | null;
}

export interface ImportErrorsTable {
  id: Generated<number>;
  batch_id: string;
  row_number: number;
  kind: string;
  column_name: string;
  message: string;
  row_values: string;
}

export interface ImportLinksTable {
  source: string;
  object: string;
  external_id: string;
  record_kind: string;
  record_id: string;
}

export interface ExternalIdsTable {
  source: string;
  object: string;
  external_id: string;
  record_id: string;
}

export interface PipelinesTable {
  id: string;
  name: string;
  position: number;
}

export interface StagesTable {
  id: string;
  pipeline_id: string;
  name: string;
  position: number;
  is_open: Flag;
  public_name: string | null;
  turn: string | null;
}

export interface InboxesTable {
  id: string;
  name: string;
  pipeline_id: string;
  stage_id: string;
  is_connected: FlagWithDefault;
  created_at: string;
}

export interface TicketsTable {
  search_id: Generated<number>;
  id: string;
  number: number;
  subject: string;
  pipeline_id: string;
  stage_id: string;
  is_open: Flag;
  priority: Generated<string>;
  category: string | null;
  source: string;
  contact_id: string | null;
  company_id: string | null;
  assignee_id: string | null;
  inbox_id: string | null;
  is_released: FlagWithDefault;
  last_public_text: Generated<string>;
  waits_for: Generated<string>;
  created_at: string;
  updated_at: string;
  last_activity_at: string;
  last_public_at: string;
  closed_at: string | null;
}

export interface TicketTalliesTable {
  inbox_id: string;
  assignee_id: string;
  waits_for: string;
  open_tickets: number;
}

export interface ThreadsTable {
  id: string;
  ticket_id: string;
  inbox_id: string | null;
  channel: string;
  subject: string;
  created_at: string;
  last_message_at: string;
}

export interface MessagesTable {
  id: string;
  thread_id: string;
  ticket_id: string;
  direction: string;
  author_kind: string;
  author_id: string | null;
  author_name: string;
  body_text: string;
  created_at: string;
}

export interface InternalNotesTable {
  id: string;
  kind: string;
  ticket_id: string | null;
  thread_id: string | null;
  contact_id: string | null;
  company_id: string | null;
  author_id: string;
  author_name: string;
  body_text: string;
  created_at: string;
}

export interface AttachmentsTable {
  id: string;
  message_id: string | null;
  uploaded_by: string;
  file_name: string;
  media_type: string;
  byte_size: number;
  sha256: string;
  storage_name: string;
  created_at: string;
}

export interface MembersTable {
  id: string;
  contact_id: string;
  password_hash: string | null;
  state: string;
  visibility: string | null;
  invited_at: string | null;
  activated_at: string | null;
  last_sign_in_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface MemberLinksTable {
  id: string;
  member_id: string;
  kind: string;
  token_hash: string;
  expires_at: string;
  used_at: string | null;
  created_at: string;
}

export interface SessionsTable {
  token_hash: string;
  id: string;
  member_id: string;
  csrf_secret: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  ip: string | null;
  user_agent: string | null;
}

export interface DraftsTable {
  owner: string;
  place: string;
  body: string;
  updated_at: string;
}

export interface PairingsTable {
  id: string;
  token_hash: string;
  device_label: string;
  agent_id: string;
  scope: string;
  approves_itself: FlagWithDefault;
  state: string;
  claim_id: string | null;
  claimed_name: string | null;
  claimed_platform: string | null;
  claimed_user_agent: string | null;
  claimed_ip: string | null;
  code: string | null;
  device_id: string | null;
  allows_other_networks: FlagWithDefault;
  refused_ip: string | null;
  created_at: string;
  expires_at: string;
  claimed_at: string | null;
  lease_days: Generated<number | null>;
}

export interface DevicesTable {
  id: string;
  name: string;
  agent_id: string;
  platform: string;
  token_hash: string;
  dav_password_hash: string;
  state: string;
  directory_id: number | null;
  epoch: Generated<number>;
  caller_id: FlagWithDefault;
  log_calls: FlagWithDefault;
  outcome_screen: FlagWithDefault;
  show_deal: FlagWithDefault;
  contacts_synced: Generated<number>;
  synced_seq: Generated<number>;
  last_sync_at: string | null;
  last_seen_at: string | null;
  last_ip: string | null;
  user_agent: string | null;
  wipe_requested_at: string | null;
  wipe_confirmed_at: string | null;
  revoked_at: string | null;
  created_at: string;
  most_contacts: Generated<number | null>;
  /** 0: names only; the company is not on the phone. */
  shows_company: Generated<0 | 1>;
  lease_days: Generated<number | null>;
  lease_ends_at: Generated<string | null>;
  lease_renewal_asked_at: Generated<string | null>;
  dav_first_seen_at: Generated<string | null>;
  dav_book_seen_at: Generated<string | null>;
  dav_synced_at: Generated<string | null>;
  dav_synced_seq: Generated<number>;
  dav_cards_synced: Generated<number>;
  dav_user_agent: Generated<string | null>;
  dav_emptied_at: Generated<string | null>;
  page_erased_at: Generated<string | null>;
  page_first_seen_at: Generated<string | null>;
  seen_certificate: Generated<string | null>;
  account_shared_at: Generated<string | null>;
  account_shared_by: Generated<string | null>;
  account_watched_from: Generated<string | null>;
  lease_ended_at: Generated<string | null>;
}

export interface DeviceSetupsTable {
  device_id: string;
  way: string;
  account_made_at: string;
  profile_fetched_at: string | null;
  test_call_at: string | null;
  test_call_worked: number | null;
}

export interface ProfileHandoversTable {
  nonce_hash: string;
  device_id: string;
  profile_sealed: string;
  expires_at: string;
}

export interface DeviceRequestsTable {
  id: Generated<number>;
  device_id: string;
  at: string;
  method: string;
  path: string;
  status: number;
  note: string | null;
  milliseconds: number;
  user_agent: string | null;
  ip: Generated<string | null>;
}

export interface DeviceListsTable {
  device_id: string;
  list_id: string;
}

export interface DirectoriesTable {
  id: Generated<number>;
  scope: string;
  state: string;
  collected_through: Generated<string>;
  rendered_through: Generated<number>;
  expected_count: Generated<number>;
  entry_count: Generated<number>;
  first_seq: number;
  newest_seq: number;
  created_at: string;
  most: Generated<number | null>;
  member_count: Generated<number>;
  frontier: Generated<number | null>;
  cards_state: Generated<string>;
  cards_through: Generated<number>;
  card_count: Generated<number>;
  cards_seq: Generated<number>;
}

export interface DirectoryMembersTable {
  directory_id: number;
  contact_id: string;
  rank: number;
  is_inside: Flag;
}

export interface DirectorySourcesTable {
  owner_id: string;
  digits: number;
}

export interface DirectoryWorkTable {
  directory_id: number;
  digits: number;
}

export interface DirectoryBatchesTable {
  seq: number;
  at: string;
}

export interface DirectoryEntriesTable {
  directory_id: number;
  digits: number;
  label: string;
  contact_id: string;
  seq: number;
  is_removed: FlagWithDefault;
  kind: Generated<string>;
}

export interface DirectoryCardsTable {
  directory_id: number;
  card: string;
  seq: number;
  etag: string;
  vcard: string;
  is_removed: FlagWithDefault;
}

export interface SuggestedEditsTable {
  id: string;
  device_id: string;
  card: string;
  contact_id: string | null;
  company_id: Generated<string | null>;
  wanted: string;
  state: string;
  at: string;
  decided_at: string | null;
  decided_by: string | null;
}

export interface CallReportWorkTable {
  hour: string;
}

export interface CallDayCountsTable {
  day: string;
  hour: number;
  agent_id: string;
  direction: string;
  result: string;
  calls: number;
  talk_seconds: number;
}

export interface CallDayOutcomesTable {
  day: string;
  agent_id: string;
  outcome: string;
  calls: number;
}

export interface CallDayCallersTable {
  day: string;
  agent_id: string;
  kind: string;
  record_id: string;
  calls: number;
  missed: number;
}

export interface CallDayCallbacksTable {
  day: string;
  agent_id: string;
  callers: number;
  seconds: number;
}

export interface CallsTable {
  id: string;
  source: string;
  source_call_id: string | null;
  agent_id: string | null;
  direction: string;
  number: string | null;
  e164: string | null;
  is_withheld: FlagWithDefault;
  state: string;
  contact_id: string | null;
  company_id: string | null;
  match_kind: string | null;
  label: string | null;
  via: Generated<string>;
  started_at: string;
  answered_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
  outcome: string | null;
  note: string | null;
  outcome_at: string | null;
  created_at: string;
  ticket_id: string | null;
  shared_by: Generated<number>;
  engagement_id: Generated<string | null>;
}

export interface CallLegsTable {
  source: string;
  source_call_id: string;
  call_id: string;
  agent_id: string | null;
  state: string;
  started_at: string;
  rang_at: string | null;
  answered_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
}

export interface TasksTable {
  id: string;
  title: string;
  due_at: string | null;
  due_order: string;
  agent_id: string | null;
  contact_id: string | null;
  company_id: string | null;
  ticket_id: string | null;
  call_id: string | null;
  is_done: FlagWithDefault;
  done_at: string | null;
  created_at: string;
  kind: Generated<string>;
  caller: string | null;
  missed_calls: Generated<number>;
  missed_at: string | null;
}

export interface CertificatesTable {
  id: string;
  kind: string;
  origin: string;
  certificate_pem: string;
  chain_pem: Generated<string>;
  private_key_sealed: string;
  fingerprint: string;
  names: string;
  not_before: string;
  not_after: string;
  is_active: Flag;
  created_at: string;
}

export interface ConsoleLinksTable {
  code_hash: string;
  expires_at: string;
}

export interface BackupsTable {
  id: string;
  file_path: string;
  byte_size: number;
  is_verified: Flag;
  error: string | null;
  created_at: string;
}

/** A full-text index (FTS5). Only `database/search.ts` writes and matches it. */
export interface ContactSearchTable {
  rowid: number;
  text: string;
}

/** A full-text index (FTS5). Only `database/search.ts` writes and matches it. */
export interface CompanySearchTable {
  rowid: number;
  text: string;
}

/** A full-text index (FTS5). Only `database/search.ts` writes and matches it. */
export interface TicketSearchTable {
  rowid: number;
  owner: string;
  public_text: string;
  older_text: string;
}

/** A full-text index (FTS5). Only `database/search.ts` writes and matches it. */
export interface TicketNoteSearchTable {
  rowid: number;
  text: string;
}

export interface PbxSourcesTable {
  id: string;
  name: string;
  kind: string;
  token_hash: string;
  state: string;
  scope: string;
  directory_id: number | null;
  most_entries: number | null;
  addresses: Generated<string>;
  first_used_at: Generated<string | null>;
  last_used_at: Generated<string | null>;
  last_ip: Generated<string | null>;
  revoked_at: Generated<string | null>;
  created_at: string;
}

export interface PbxExtensionsTable {
  source_id: string;
  extension: string;
  agent_id: string;
}

export interface PbxRequestsTable {
  id: Generated<number>;
  source_id: string;
  at: string;
  what: string;
  status: number;
  note: string | null;
  ip: string;
  milliseconds: number;
}

export interface Tables {
  settings: SettingsTable;
  counters: CountersTable;
  change_log: ChangeLogTable;
  live_events: LiveEventsTable;
  outbox: OutboxTable;
  audit_log: AuditLogTable;
  throttles: ThrottlesTable;
  idempotency_keys: IdempotencyKeysTable;
  agents: AgentsTable;
  companies: CompaniesTable;
  contacts: ContactsTable;
  deals: DealsTable;
  deal_contacts: DealContactsTable;
  lists: ListsTable;
  list_members: ListMembersTable;
  properties: PropertiesTable;
  property_values: PropertyValuesTable;
  engagements: EngagementsTable;
  phone_numbers: PhoneNumbersTable;
  number_keys: NumberKeysTable;
  import_batches: ImportBatchesTable;
  import_rows: ImportRowsTable;
  import_errors: ImportErrorsTable;
  import_links: ImportLinksTable;
  external_ids: ExternalIdsTable;
  pipelines: PipelinesTable;
  stages: StagesTable;
  inboxes: InboxesTable;
  tickets: TicketsTable;
  ticket_tallies: TicketTalliesTable;
  threads: ThreadsTable;
  messages: MessagesTable;
  internal_notes: InternalNotesTable;
  attachments: AttachmentsTable;
  members: MembersTable;
  member_links: MemberLinksTable;
  sessions: SessionsTable;
  drafts: DraftsTable;
  pairings: PairingsTable;
  devices: DevicesTable;
  device_lists: DeviceListsTable;
  device_requests: DeviceRequestsTable;
  device_setups: DeviceSetupsTable;
  profile_handovers: ProfileHandoversTable;
  directories: DirectoriesTable;
  directory_members: DirectoryMembersTable;
  directory_sources: DirectorySourcesTable;
  directory_work: DirectoryWorkTable;
  directory_batches: DirectoryBatchesTable;
  directory_entries: DirectoryEntriesTable;
  directory_cards: DirectoryCardsTable;
  suggested_edits: SuggestedEditsTable;
  pbx_sources: PbxSourcesTable;
  pbx_extensions: PbxExtensionsTable;
  pbx_requests: PbxRequestsTable;
  calls: CallsTable;
  call_legs: CallLegsTable;
  call_report_work: CallReportWorkTable;
  call_day_counts: CallDayCountsTable;
  call_day_outcomes: CallDayOutcomesTable;
  call_day_callers: CallDayCallersTable;
  call_day_callbacks: CallDayCallbacksTable;
  tasks: TasksTable;
  certificates: CertificatesTable;
  console_links: ConsoleLinksTable;
  backups: BackupsTable;
  people_refresh: PeopleRefreshTable;
  contact_search: ContactSearchTable;
  company_search: CompanySearchTable;
  ticket_search: TicketSearchTable;
  ticket_note_search: TicketNoteSearchTable;
}
