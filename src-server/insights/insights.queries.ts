import { sql } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';

// Home is looked at all day, so no count here walks a large table: growing tables are counted through `counted`, which
// stops at a limit, or through a narrow index range.

/** Above this, a count reads “100,000 or more”: nobody steers by the exact figure, and counting it would cost a walk. */
export const countLimit = 100_000;

export const contactCount = hotRead<object>()((db) =>
  db.selectFrom(db.selectFrom('contacts').select('search_id').limit(countLimit).as('some')).select((row) => row.fn.countAll<number>().as('count')),
);

export const companyCount = hotRead<object>()((db) =>
  db.selectFrom(db.selectFrom('companies').select('search_id').limit(countLimit).as('some')).select((row) => row.fn.countAll<number>().as('count')),
);

export const openTicketCount = hotRead<object>()((db) =>
  db
    .selectFrom(db.selectFrom('tickets').select('is_open').where('is_open', '=', 1).limit(countLimit).as('open'))
    .select((row) => row.fn.countAll<number>().as('count')),
);

export const waitingTicketCount = hotRead<object>()((db) =>
  db
    .selectFrom(db.selectFrom('tickets').select('is_open').where('is_open', '=', 1).where('waits_for', '=', 'team').limit(countLimit).as('waiting'))
    .select((row) => row.fn.countAll<number>().as('count')),
);

export const activeMemberCount = hotRead<object>()((db) =>
  db
    .selectFrom(db.selectFrom('members').select('id').where('state', '=', 'active').limit(countLimit).as('active'))
    .select((row) => row.fn.countAll<number>().as('count')),
);

// A literal, not a parameter: SQLite uses a partial index only when it can see that its condition holds.
export const unreadableNumberCount = hotRead<object>()((db) =>
  db
    .selectFrom(db.selectFrom('phone_numbers').select('id').where('kind', '=', sql.lit('unreadable')).limit(countLimit).as('unreadable'))
    .select((row) => row.fn.countAll<number>().as('count')),
);

export const activeDevices = hotRead<object>()((db) =>
  db
    .selectFrom('devices')
    .select(['platform', 'last_sync_at', 'dav_first_seen_at', 'dav_book_seen_at', 'dav_synced_at', 'dav_password_hash'])
    .select(['account_shared_at', 'seen_certificate', 'lease_days', 'lease_ends_at'])
    .where('state', '=', 'active'),
);

export const missedCallCount = hotRead<{ since: string }>()((db, parameter) =>
  db
    .selectFrom('calls')
    .where('state', '=', 'missed')
    .where('started_at', '>=', parameter('since'))
    .select((row) => row.fn.countAll<number>().as('count')),
);

export const failedMailCount = hotRead<object>()((db) =>
  db
    .selectFrom(db.selectFrom('outbox').select('id').where('kind', '=', 'mail').where('state', '=', 'failed').limit(1000).as('failed'))
    .select((row) => row.fn.countAll<number>().as('count')),
);

export const waitingMailCount = hotRead<object>()((db) =>
  db
    .selectFrom(db.selectFrom('outbox').select('id').where('kind', '=', 'mail').where('state', '=', 'waiting').limit(1000).as('waiting'))
    .select((row) => row.fn.countAll<number>().as('count')),
);

export const newestBackup = hotRead<object>()((db) =>
  db.selectFrom('backups').select(['created_at', 'is_verified', 'error']).orderBy('created_at', 'desc').limit(1),
);

export const activeServerCertificate = hotRead<object>()((db) =>
  db.selectFrom('certificates').select(['not_after', 'origin', 'fingerprint']).where('kind', '=', 'server').where('is_active', '=', 1).limit(1),
);

/** Tickets opened and closed on each day since a time, from the timeline's entries by kind. */
export const ticketEventsByDay = hotRead<{ since: string }>()((db, parameter) =>
  db
    .selectFrom('engagements')
    .where('kind', 'in', ['ticket-opened', 'ticket-closed'])
    .where('at', '>=', parameter('since'))
    // A day is the first ten characters of an ISO time, on every database.
    .select(['kind', sql<string>`substr(at, 1, 10)`.as('day')])
    .select((row) => row.fn.countAll<number>().as('count'))
    .groupBy(['kind', 'day']),
);
