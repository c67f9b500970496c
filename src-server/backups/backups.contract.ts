import { z } from 'zod';
import { Id, IsoTime, pageOf } from '../kernel/primitives.contract.ts';

export const Backup = z.object({
  id: Id,
  fileName: z.string(),
  filePath: z.string(),
  byteSize: z.number().int(),
  isVerified: z.boolean(),
  error: z.string().nullable(),
  createdAt: IsoTime,
});
export type Backup = z.infer<typeof Backup>;
export const BackupPage = pageOf(Backup);
