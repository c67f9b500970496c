import type { Insertable, Kysely, Selectable } from 'kysely';
import { hotRead } from '../database/hot-reads.ts';
import type { CertificatesTable, Tables } from '../database/tables.ts';

export type CertificateRow = Selectable<CertificatesTable>;
export type CertificateKind = 'authority' | 'server';

/** Newest first, so that a second active row of an interrupted restore could not win. */
export const activeCertificate = hotRead<{ kind: string }>()((db, parameter) =>
  db.selectFrom('certificates').selectAll().where('kind', '=', parameter('kind')).where('is_active', '=', 1).orderBy('created_at', 'desc').limit(1),
);

export function findActiveCertificate(db: Kysely<Tables>, kind: CertificateKind) {
  return db
    .selectFrom('certificates')
    .selectAll()
    .where('kind', '=', kind)
    .where('is_active', '=', 1)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertCertificate(db: Kysely<Tables>, row: Insertable<CertificatesTable>): Promise<void> {
  await db.insertInto('certificates').values(row).execute();
}

/** A key that is no longer used is a key that can only be stolen. */
export async function deleteCertificates(db: Kysely<Tables>, kind: CertificateKind): Promise<void> {
  await db.deleteFrom('certificates').where('kind', '=', kind).execute();
}
