import type { Migration } from './migration.ts';

/** A phone may be reached by its page, by CardDAV or by both; what each of them did last is kept apart. */
export const devicesOnEveryRoad: Migration = {
  name: '0002-devices-on-every-road',
  sql: `
alter table devices add column most_contacts integer;              -- cap of its scope, the most recently active first; null: no cap
alter table devices add column lease_days integer;                 -- how long the installed account lives without being renewed; null: for ever
alter table devices add column lease_ends_at text;
alter table devices add column dav_first_seen_at text;             -- signed in to the address-book account
alter table devices add column dav_book_seen_at text;              -- asked for the address book itself: it is ticked
alter table devices add column dav_synced_at text;                 -- last read cards, or learned that nothing changed
alter table devices add column dav_synced_seq integer not null default 0;
alter table devices add column dav_cards_synced integer not null default 0;
alter table devices add column dav_user_agent text;
alter table devices add column dav_emptied_at text;                -- fetched the empty address book while it was being wiped
alter table devices add column page_erased_at text;                -- the phone page or app confirmed that it removed everything
alter table devices add column seen_certificate text;              -- SHA-256 fingerprint of the certificate it was last served, lower-case hex

create table device_requests (                                     -- the trace of a phone's last requests; old ones are forgotten
  id integer primary key autoincrement,
  device_id text not null references devices (id) on delete cascade,
  at text not null,
  method text not null,
  path text not null,                                              -- without secrets
  status integer not null,
  note text,                                                       -- what the request was about, in words
  milliseconds integer not null,
  user_agent text
);
create index device_requests_of on device_requests (device_id, id);
`,
};
