import { initialSchema } from './0001-initial-schema.ts';

/** One forward step. `sql` runs in a transaction; the position in the list is the version it leads to. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** In order, never reordered, never edited once released. */
export const migrations: readonly Migration[] = [initialSchema];
