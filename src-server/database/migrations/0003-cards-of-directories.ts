import type { Migration } from './migration.ts';

/**
 * Address books are a second reading of directories: the numbers of one person together, as a card. Entries that are
 * there say nothing of their kind yet; the first address book that is asked for has them rendered again.
 */
export const cardsOfDirectories: Migration = {
  name: '0003-cards-of-directories',
  sql: `
alter table directory_entries add column kind text not null default '';        -- whose card the number is on: 'person' | 'company' (contact_id), 'shared' (its own); '' not known yet
alter table directories add column cards_state text not null default 'off';    -- 'off' (nobody reads cards) | 'building' | 'ready'
alter table directories add column cards_through integer not null default 0;   -- digits, while building
alter table directories add column card_count integer not null default 0;
alter table directories add column cards_seq integer not null default 0;       -- the newest batch that changed a card
alter table devices add column page_first_seen_at text;                        -- first used the phone page or an app; until now every phone did
update devices set page_first_seen_at = coalesce(last_seen_at, created_at);

create table directory_cards (                      -- what address books are given: one card a person, rendered once
  directory_id integer not null references directories (id) on delete cascade,
  card text not null,                               -- 'c' + contact, 'o' + company, 'n' + digits that several share
  seq integer not null,                             -- the batch that wrote it
  etag text not null,                               -- of the text, without quotes
  vcard text not null,                              -- RFC 2426, escaped as XML character data; empty once removed
  is_removed integer not null default 0,
  primary key (directory_id, card)
) without rowid;
create index directory_cards_by_seq on directory_cards (directory_id, seq, card);
create index directory_cards_removed on directory_cards (directory_id, seq) where is_removed = 1;

create table suggested_edits (                      -- what somebody changed in the address book of a phone
  id text primary key,
  device_id text not null references devices (id) on delete cascade,
  card text not null,                               -- the card's name on the phone
  contact_id text references contacts (id) on delete cascade,   -- null: a card the phone made
  wanted text not null,                             -- JSON: what the card would say
  state text not null,                              -- 'open' | 'accepted' | 'dismissed'
  at text not null,
  decided_at text,
  decided_by text
);
create index suggested_edits_by_state on suggested_edits (state, at, id);
create index suggested_edits_of_card on suggested_edits (device_id, card);
create index suggested_edits_of_contact on suggested_edits (contact_id) where contact_id is not null;
`,
};
