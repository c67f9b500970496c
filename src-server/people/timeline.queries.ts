import type { ExpressionBuilder, Insertable, Kysely, Selectable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { EngagementsTable, Tables } from '../database/tables.ts';

export type EngagementRow = Selectable<EngagementsTable>;

interface TimelinePage {
  readonly recordId: string;
  readonly at: string;
  readonly id: string;
  readonly limit: number;
}

export async function insertEngagement(db: Kysely<Tables>, row: Insertable<EngagementsTable>): Promise<void> {
  await db.insertInto('engagements').values(row).execute();
}

export async function deleteEngagement(db: Kysely<Tables>, id: string): Promise<void> {
  await db.deleteFrom('engagements').where('id', '=', id).execute();
}

/** Newest first, before the place (at, id). */
function timelineOf(column: 'contact_id' | 'company_id' | 'ticket_id') {
  return hotRead<TimelinePage>()((db, parameter) =>
    db
      .selectFrom('engagements')
      .selectAll()
      .where(column, '=', parameter('recordId'))
      .where((entry: ExpressionBuilder<Tables, 'engagements'>) => entry(entry.refTuple('at', 'id'), '<', entry.tuple(parameter('at'), parameter('id'))))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(parameter('limit')),
  );
}

export const timelineOfContact = timelineOf('contact_id');
export const timelineOfCompany = timelineOf('company_id');
export const timelineOfTicket = timelineOf('ticket_id');
