import { hotRead } from '../database/hot-reads.ts';

// Each answers with at most one row: the wizard asks whether something is there, not how much.

export const anyContact = hotRead<object>()((db) => db.selectFrom('contacts').select('id').limit(1));

export const anyMember = hotRead<object>()((db) => db.selectFrom('members').select('id').limit(1));

export const anyActiveDevice = hotRead<object>()((db) => db.selectFrom('devices').select('id').where('state', '=', 'active').limit(1));
