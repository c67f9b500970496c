import type { Migration } from './migration.ts';

/**
 * Labels that hold control characters, or what turns a display round, were rendered from names as they were typed. They
 * are rendered again, and phones get them as news.
 */
export const labelsInPlainText: Migration = {
  name: '0020-labels-in-plain-text',
  sql: `
insert or ignore into directory_work (directory_id, digits)
select directory_id, digits from directory_entries
where is_removed = 0
  and label glob '*[' || char(1) || '-' || char(31) || char(127) || '-' || char(159)    -- C0 and C1 controls
    || char(8232) || '-' || char(8238)                                                  -- line separators, bidi embeddings and overrides
    || char(8294) || '-' || char(8297) || ']*';                                         -- bidi isolates
`,
};
