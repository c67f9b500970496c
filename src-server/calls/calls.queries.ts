import { sql, type Insertable, type Kysely, type Selectable, type Updateable } from 'kysely';
import type { CallsTable, Tables } from '../database/tables.ts';

export type CallRow = Selectable<CallsTable>;

function withNames(db: Kysely<Tables>) {
  return db
    .selectFrom('calls')
    .leftJoin('contacts', 'contacts.id', 'calls.contact_id')
    .leftJoin('companies', 'companies.id', 'calls.company_id')
    .leftJoin('agents', 'agents.id', 'calls.agent_id')
    .leftJoin('tickets', 'tickets.id', 'calls.ticket_id')
    .selectAll('calls')
    .select([
      'contacts.first_name',
      'contacts.last_name',
      'contacts.email',
      'contacts.publish_to_phones',
      'companies.name as company_name',
      'agents.name as agent_name',
      'tickets.number as ticket_number',
      'tickets.subject as ticket_subject',
    ]);
}
export type ShownCallRow = NonNullable<Awaited<ReturnType<typeof findCall>>>;

export function findCall(db: Kysely<Tables>, id: string) {
  return withNames(db).where('calls.id', '=', id).executeTakeFirst();
}

export interface CallFilter {
  readonly agentId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly isMissed: boolean;
  readonly before?: readonly [string, string] | undefined;
  readonly limit: number;
}

/** Calls, the newest first. */
export function callRows(db: Kysely<Tables>, { agentId, contactId, isMissed, before, limit }: CallFilter) {
  return withNames(db)
    .$if(agentId !== undefined, (calls) => calls.where('calls.agent_id', '=', agentId ?? ''))
    .$if(contactId !== undefined, (calls) => calls.where('calls.contact_id', '=', contactId ?? ''))
    .$if(isMissed, (calls) => calls.where('calls.state', '=', 'missed'))
    .$if(before !== undefined, (calls) =>
      calls.where((call) => call(call.refTuple('calls.started_at', 'calls.id'), '<', call.tuple(before?.[0] ?? '', before?.[1] ?? ''))),
    )
    .orderBy('calls.started_at', 'desc')
    .orderBy('calls.id', 'desc')
    .limit(limit);
}

export function findCallOfSource(db: Kysely<Tables>, source: string, sourceCallId: string) {
  return db.selectFrom('calls').selectAll().where('source', '=', source).where('source_call_id', '=', sourceCallId).executeTakeFirst();
}

/** The newest call of a phone with a number that has not ended, for phones that give their calls no id. */
export function findUnfinished(
  db: Kysely<Tables>,
  call: { readonly source: string; readonly number: string | null; readonly direction: string; readonly since: string },
) {
  return db
    .selectFrom('calls')
    .selectAll()
    .where('source', '=', call.source)
    .where('started_at', '>=', call.since)
    .where('direction', '=', call.direction)
    .where('state', 'in', ['ringing', 'answered'])
    .where(sql<boolean>`number is ${call.number}`) // `is` also compares null, which means withheld.
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Adds a call unless its source reported it already; whether it did. */
export async function insertCall(db: Kysely<Tables>, row: Insertable<CallsTable>): Promise<boolean> {
  const added = await db
    .insertInto('calls')
    .values(row)
    .onConflict((conflict) => conflict.columns(['source', 'source_call_id']).doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

export async function updateCall(db: Kysely<Tables>, id: string, set: Updateable<CallsTable>): Promise<void> {
  await db.updateTable('calls').set(set).where('id', '=', id).execute();
}

/** The newest calls in a state that began since then. */
export function listPresentCalls(db: Kysely<Tables>, { state, since, limit }: { readonly state: string; readonly since: string; readonly limit: number }) {
  return db
    .selectFrom('calls')
    .select(['id', 'number', 'agent_id', 'started_at'])
    .where('state', '=', state)
    .where('direction', '=', 'inbound')
    .where('started_at', '>=', since)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
}

/** Ends calls of which nothing more was heard. */
export function endSilentCalls(db: Kysely<Tables>, silent: { readonly state: string; readonly before: string; readonly at: string }) {
  return db
    .updateTable('calls')
    .set({ state: 'ended', ended_at: silent.at })
    .where('state', '=', silent.state)
    .where('started_at', '<', silent.before)
    .returning(['id', 'agent_id'])
    .execute();
}

/** The newest calls with a number that began since then. `caller` is E.164, or the digits as they rang. */
export function listCallsOfCaller(db: Kysely<Tables>, { caller, since, limit }: { readonly caller: string; readonly since: string; readonly limit: number }) {
  return db
    .selectFrom('calls')
    .select(['state', 'answered_at', 'ended_at', 'duration_seconds', 'outcome'])
    .$if(caller.startsWith('+'), (calls) => calls.where('e164', '=', caller))
    .$if(!caller.startsWith('+'), (calls) => calls.where('number', '=', caller).where('e164', 'is', null))
    .where('started_at', '>=', since)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
}

export function findAgentName(db: Kysely<Tables>, id: string) {
  return db.selectFrom('agents').select('name').where('id', '=', id).executeTakeFirst();
}

export function findCallingContact(db: Kysely<Tables>, id: string) {
  return db.selectFrom('contacts').select(['id', 'company_id', 'publish_to_phones']).where('id', '=', id).executeTakeFirst();
}

/** What the phone that reports wants of the call log. */
export function findSwitches(db: Kysely<Tables>, deviceId: string) {
  return db.selectFrom('devices').select(['log_calls', 'outcome_screen']).where('id', '=', deviceId).executeTakeFirst();
}
