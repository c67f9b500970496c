import type { Kysely } from 'kysely';
import type { HotReads } from '../database/hot-reads.ts';
import type { Tables } from '../database/tables.ts';
import type { DataFolder } from './data-folder.ts';
import type { Log } from './log.ts';

/** Who acts. Access was decided by the scope a route belongs to; services use this for the record and for visibility. */
export type Actor =
  | { readonly kind: 'system'; readonly id: 'system'; readonly name: string }
  | { readonly kind: 'visitor'; readonly id: 'visitor'; readonly name: string }
  | { readonly kind: 'agent'; readonly id: string; readonly name: string }
  | { readonly kind: 'member'; readonly id: string; readonly name: string; readonly contactId: string }
  | { readonly kind: 'device'; readonly id: string; readonly name: string; readonly agentId: string }
  | { readonly kind: 'pbx'; readonly id: string; readonly name: string };

/** What every service function gets first: where the data is, who asks, what time it is, where to log. */
export interface Context {
  readonly db: Kysely<Tables>;
  /** Compiled reads of committed rows; see `database/hot-reads.ts`. Not for use inside a transaction. */
  readonly hot: HotReads;
  readonly actor: Actor;
  readonly now: () => Date;
  readonly log: Log;
  /** Where files are, and the seal for secrets at rest. */
  readonly folder: DataFolder;
}

export const systemActor: Actor = { kind: 'system', id: 'system', name: 'Doorline' };
export const visitorActor: Actor = { kind: 'visitor', id: 'visitor', name: 'Visitor' };

export function actingAs(ctx: Context, actor: Actor): Context {
  return { ...ctx, actor };
}

/**
 * Runs `work` in one transaction. The inner context shadows the outer one on purpose: touching the outer `db` inside
 * would wait for ever, because SQLite has one writer.
 */
export function inTransaction<Result>(ctx: Context, work: (ctx: Context) => Promise<Result>): Promise<Result> {
  if (ctx.db.isTransaction) return work(ctx);
  return ctx.db.transaction().execute((db) => work({ ...ctx, db }));
}

/** The present instant as it is stored: ISO 8601 in UTC. */
export function isoNow(ctx: Context): string {
  return ctx.now().toISOString();
}
