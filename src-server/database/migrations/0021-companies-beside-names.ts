import type { Migration } from './migration.ts';

/** Whether a phone is given the company beside a person's name. */
export const companiesBesideNames: Migration = {
  name: '0021-companies-beside-names',
  sql: 'alter table devices add column shows_company integer not null default 1;',
};
