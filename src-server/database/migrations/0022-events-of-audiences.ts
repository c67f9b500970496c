import type { Migration } from './migration.ts';

/** What one phone missed is found among its own events, not among those of everybody. */
export const eventsOfAudiences: Migration = {
  name: '0022-events-of-audiences',
  sql: `
-- In the order of seq within an audience, because every index of SQLite ends with the row's own number.
create index live_events_of_audience on live_events (audience);
`,
};
