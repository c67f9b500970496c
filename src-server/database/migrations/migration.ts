/** One forward step. `sql` runs in a transaction; the position in the list is the version it leads to. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}
