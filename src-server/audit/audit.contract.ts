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
/** `target`: what was acted on, by its kind and id, such as `device:ID`. */
export const AuditQuery = PageQuery.extend({
  action: z.string().max(80).optional(),
  target: z
    .string()
    .max(150)
    .regex(/^[a-z-]+:.+$/u, 'Say what kind of thing it is and its id, such as device:ID.')
    .optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditPage = pageOf(AuditEntry);
