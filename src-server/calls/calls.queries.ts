import { expressionBuilder, sql, type ExpressionBuilder, type Insertable, type Kysely, type Updateable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { CallsTable, Tables } from '../database/tables.ts';

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

/** Whom a search means: the people and companies of that name, or numbers. */
export type SearchedCallers =
  | { readonly contactIds: readonly string[]; readonly companyIds: readonly string[] }
  | { readonly e164: string }
  | { readonly from: string; readonly to: string; readonly digits: string };

type Place = readonly [startedAt: string, id: string];

export interface CallChoice {
  readonly agentId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly isMissed: boolean;
  readonly direction?: string | undefined;
  readonly outcome?: string | undefined;
  readonly source?: string | undefined;
  readonly who?: 'unknown' | 'withheld' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly callers?: SearchedCallers | undefined;
  /** The searched callers called so often that reading the log in its order finds them soon. */
  readonly areFrequent?: boolean | undefined;
}

/** Whether an index leads to the few calls that may fit, so that the log need not be read in its order. */
export function isNarrow({ contactId, companyId, callers, areFrequent }: CallChoice): boolean {
  return contactId !== undefined || companyId !== undefined || (callers !== undefined && areFrequent !== true);
}

type Condition = ExpressionBuilder<Tables, 'calls'>;

/** The ids of their calls, each found by its index. */
function callsOf(is: Condition, callers: Exclude<SearchedCallers, { e164: string }>) {
  const ids = is.selectFrom('calls as found').select('found.id');
  if ('digits' in callers) {
    const inRange = ids.where('found.e164', '>=', callers.from).where('found.e164', '<', callers.to);
    return inRange.unionAll(ids.where('found.e164', 'is', null).where('found.number', '=', callers.digits));
  }
  const ofContacts = ids.where('found.contact_id', 'in', callers.contactIds);
  return ofContacts.union(ids.where('found.company_id', 'is not', null).where('found.company_id', 'in', callers.companyIds));
}

function isOfCallers(is: Condition, { callers, areFrequent }: CallChoice) {
  if (callers === undefined) return [];
  if ('e164' in callers) return [is('calls.e164', '=', callers.e164)];
  if (areFrequent !== true) return [is('calls.id', 'in', callsOf(is, callers))];
  if ('digits' in callers) {
    const inRange = is.and([is(unindexed('e164'), '>=', callers.from), is(unindexed('e164'), '<', callers.to)]);
    return [is.or([inRange, is.and([is(unindexed('e164'), 'is', null), is(unindexed('number'), '=', callers.digits)])])];
  }
  return [is.or([is(unindexed('contact_id'), 'in', callers.contactIds), is(unindexed('company_id'), 'in', callers.companyIds)])];
}

/** A column by which SQLite is to check rows, not to find them (“Disqualifying WHERE clause terms using unary +”). */
function unindexed(column: keyof CallsTable) {
  return sql<string | null>`+${sql.ref(`calls.${column}`)}`;
}

/** Whether nothing was chosen: then the log is read as it stands. */
function isWhole({ isMissed, areFrequent: _areFrequent, ...choice }: CallChoice): boolean {
  return !isMissed && Object.values(choice).every((value) => value === undefined);
}

function chosen(is: Condition, choice: CallChoice) {
  const { agentId, contactId, companyId, direction, outcome, source, who, from, to } = choice;
  // Without this, SQLite may take the index of half the log where that of one contact is at hand.
  const narrow = isNarrow(choice);
  const column = (name: 'agent_id' | 'state' | 'direction' | 'outcome' | 'source') => (narrow ? unindexed(name) : sql.ref<string | null>(`calls.${name}`));
  return is.and([
    ...(agentId === undefined ? [] : [is(column('agent_id'), '=', agentId)]),
    ...(contactId === undefined ? [] : [is('calls.contact_id', '=', contactId)]),
    ...(companyId === undefined ? [] : [is('calls.company_id', '=', companyId)]),
    ...(choice.isMissed ? [is(column('state'), '=', 'missed')] : []),
    ...(direction === undefined ? [] : [is(column('direction'), '=', direction)]),
    ...(outcome === undefined ? [] : [is(column('outcome'), '=', outcome)]),
    ...(source === undefined ? [] : [is(column('source'), '=', source)]),
    // Written out, because an index of these rows only is taken only where its own condition stands.
    ...(who === 'withheld' ? [sql<boolean>`calls.is_withheld = 1`] : []),
    ...(who === 'unknown' ? [sql<boolean>`calls.contact_id is null and calls.company_id is null and calls.is_withheld = 0`] : []),
    ...(from === undefined ? [] : [is('calls.started_at', '>=', from)]),
    ...(to === undefined ? [] : [is('calls.started_at', '<', to)]),
    ...isOfCallers(is, choice),
  ]);
}

/** Whether callers who were searched for have so many calls. */
export async function haveManyCalls(db: Kysely<Tables>, callers: SearchedCallers, many: number): Promise<boolean> {
  if ('e164' in callers) return false;
  const row = await db
    .selectFrom((from) => from.selectFrom(callsOf(expressionBuilder<Tables, 'calls'>(), callers).as('all')).select('all.id').limit(many).as('some'))
    .select((select) => select.fn.countAll<number>().as('calls'))
    .executeTakeFirstOrThrow();
  return Number(row.calls) === many;
}

export interface CallPlace extends CallChoice {
  /** Only calls before this one, in the order of the log. */
  readonly before?: Place | undefined;
  /** Only calls from this one on, for reading the log in pieces. */
  readonly until?: Place | undefined;
  readonly limit: number;
}

/** Calls, the newest first. */
export function callRows(db: Kysely<Tables>, { before, until, limit, ...choice }: CallPlace) {
  return (
    withNames(db)
      // The joined tables add names only; the conditions name their table.
      .$if(!isWhole(choice), (calls) => calls.where((call) => chosen(call as unknown as Condition, choice)))
      .$if(before !== undefined, (calls) =>
        calls.where((call) => call(call.refTuple('calls.started_at', 'calls.id'), '<', call.tuple(before?.[0] ?? '', before?.[1] ?? ''))),
      )
      .$if(until !== undefined, (calls) =>
        calls.where((call) => call(call.refTuple('calls.started_at', 'calls.id'), '>=', call.tuple(until?.[0] ?? '', until?.[1] ?? ''))),
      )
      .orderBy('calls.started_at', 'desc')
      .orderBy('calls.id', 'desc')
      .limit(limit)
  );
}

/** How many calls there are, up to `most`. */
export async function countCalls(db: Kysely<Tables>, choice: CallChoice, most: number): Promise<number> {
  const row = await db
    .selectFrom((from) =>
      from
        .selectFrom('calls')
        .select('calls.id')
        .$if(!isWhole(choice), (calls) => calls.where((call) => chosen(call, choice)))
        .limit(most)
        .as('some'),
    )
    .select((select) => select.fn.countAll<number>().as('calls'))
    .executeTakeFirstOrThrow();
  return Number(row.calls);
}

/** Where a piece of the log of so many calls ends, whatever the calls are. */
export const endOfPiece = hotRead<{ at: string; id: string; skip: number }>()((db, parameter) =>
  db
    .selectFrom('calls')
    .select(['started_at', 'id'])
    .where((call) => call(call.refTuple('started_at', 'id'), '<', call.tuple(parameter('at'), parameter('id'))))
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .offset(parameter('skip')),
);

export async function insertCall(db: Kysely<Tables>, row: Insertable<CallsTable>): Promise<void> {
  await db.insertInto('calls').values(row).execute();
}

export async function deleteCall(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('calls').where('id', '=', id).execute();
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
