import { z } from 'zod';
import { CountryCode, Id, IsoTime, pageOf } from '../kernel/primitives.contract.ts';

export const ImportObject = z.enum(['contacts', 'companies', 'tickets', 'deals']);
export type ImportObject = z.infer<typeof ImportObject>;

/** Column header → target field, `property:NAME` for a custom property (made when it is missing), or null to leave it out. */
export const ImportMapping = z.record(z.string(), z.string().nullable());
export type ImportMapping = z.infer<typeof ImportMapping>;

export const ImportAnalysis = z.object({
  source: z.enum(['hubspot', 'other']),
  object: ImportObject,
  /** 0 to 1: how sure the recognition of source and object is. */
  confidence: z.number(),
  encoding: z.string(),
  delimiter: z.string(),
  rowCount: z.number().int(),
  /** `samples` are values as they would be imported. `dateOrder`: how this column's dates are to be read. */
  columns: z.array(
    z.object({ header: z.string(), target: z.string().nullable(), samples: z.array(z.string()), dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional() }),
  ),
  /** Fields a column can be mapped to, with what to call them. */
  targets: z.array(z.object({ field: z.string(), label: z.string() })),
  warnings: z.array(z.string()),
});
export type ImportAnalysis = z.infer<typeof ImportAnalysis>;

export const ImportOptions = z.object({
  object: ImportObject,
  mapping: ImportMapping,
  defaultCountry: CountryCode,
  /** What happens to a record that exists already: take the file's values, keep ours, or fill only what is empty. */
  onExisting: z.enum(['take-theirs', 'keep-ours', 'fill-empty']).default('take-theirs'),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

export const ImportProgress = z.object({
  phase: z.enum(['idle', 'dry-run', 'import', 'undo']),
  rowsDone: z.number().int(),
  rowsTotal: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  unreadableNumbers: z.number().int(),
  /** First errors; all of them are in the error file. */
  errors: z.array(z.object({ row: z.number().int(), column: z.string(), message: z.string() })),
  /** Imported tickets that customers were given to see. */
  released: z.number().int().optional(),
  /** What else is worth knowing, such as stages that were added. */
  notes: z.array(z.string()).optional(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

export const ImportBatch = z.object({
  id: Id,
  object: ImportObject,
  fileName: z.string(),
  state: z.enum(['analysed', 'dry-running', 'checked', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone']),
  analysis: ImportAnalysis,
  options: ImportOptions.nullable(),
  progress: ImportProgress,
  /** Why a failed import stopped, with what to do. */
  problem: z.string().nullable().optional(),
  createdAt: IsoTime,
  finishedAt: IsoTime.nullable(),
});
export type ImportBatch = z.infer<typeof ImportBatch>;

export const ImportPage = pageOf(ImportBatch);
