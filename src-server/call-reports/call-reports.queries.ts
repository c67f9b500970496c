import { sql, type Kysely } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { Tables } from '../database/tables.ts';

// Every read walks the days of the report along the primary key.

interface Days {
  readonly from: string;
  readonly to: string;
}

export const countsByDay = hotRead<Days>()((db, parameter) =>
  db
    .selectFrom('call_day_counts')
    .select(['day', 'agent_id', 'direction', 'result'])
    .select((row) => [row.fn.sum<number>('calls').as('calls'), row.fn.sum<number>('talk_seconds').as('talk_seconds')])
    .where('day', '>=', parameter('from'))
    .where('day', '<=', parameter('to'))
    .groupBy(['day', 'agent_id', 'direction', 'result']),
);

export const inboundByHour = hotRead<Days>()((db, parameter) =>
  db
    .selectFrom('call_day_counts')
    .select(['day', 'hour', 'agent_id', 'result'])
    .select((row) => row.fn.sum<number>('calls').as('calls'))
    .where('day', '>=', parameter('from'))
    .where('day', '<=', parameter('to'))
    .where('direction', '=', sql.lit('inbound'))
    .groupBy(['day', 'hour', 'agent_id', 'result']),
);

export const outcomesOf = hotRead<Days>()((db, parameter) =>
  db
    .selectFrom('call_day_outcomes')
    .select(['agent_id', 'outcome'])
    .select((row) => row.fn.sum<number>('calls').as('calls'))
    .where('day', '>=', parameter('from'))
    .where('day', '<=', parameter('to'))
    .groupBy(['agent_id', 'outcome']),
);

export const callbacksOf = hotRead<Days>()((db, parameter) =>
  db
    .selectFrom('call_day_callbacks')
    .select(['agent_id'])
    .select((row) => [row.fn.sum<number>('callers').as('callers'), row.fn.sum<number>('seconds').as('seconds')])
    .where('day', '>=', parameter('from'))
    .where('day', '<=', parameter('to'))
    .groupBy('agent_id'),
);

function callers(db: Kysely<Tables>) {
  return db
    .selectFrom('call_day_callers')
    .leftJoin('contacts', (join) => join.onRef('contacts.id', '=', 'call_day_callers.record_id').on('call_day_callers.kind', '=', sql.lit('contact')))
    .leftJoin('companies', (join) => join.onRef('companies.id', '=', 'call_day_callers.record_id').on('call_day_callers.kind', '=', sql.lit('company')))
    .select(['kind', 'record_id', 'contacts.first_name', 'contacts.last_name', 'contacts.email', 'companies.name as company_name'])
    .select((row) => [row.fn.sum<number>('calls').as('calls'), row.fn.sum<number>('missed').as('missed')])
    .where((row) => row.or([row('contacts.id', 'is not', null), row('companies.id', 'is not', null)]))
    .groupBy(['kind', 'record_id'])
    .orderBy('calls', 'desc')
    .orderBy('record_id');
}

/** Those who called most. Erased records are gone from it. */
export const callersOf = hotRead<Days & { limit: number }>()((db, parameter) =>
  callers(db).where('day', '>=', parameter('from')).where('day', '<=', parameter('to')).limit(parameter('limit')),
);

/** Those who called one agent most. */
export const callersOfAgent = hotRead<Days & { agentId: string; limit: number }>()((db, parameter) =>
  callers(db).where('day', '>=', parameter('from')).where('day', '<=', parameter('to')).where('agent_id', '=', parameter('agentId')).limit(parameter('limit')),
);
