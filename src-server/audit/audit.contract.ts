import { z } from 'zod';
import { IsoTime, pageOf, PageQuery } from '../kernel/primitives.contract.ts';

/** One administrative act. The chain of hashes makes a later change to a row visible. */
export const AuditEntry = z.object({
  seq: z.number().int(),
  at: IsoTime,
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditQuery = PageQuery.extend({ action: z.string().max(80).optional() });
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditPage = pageOf(AuditEntry);
