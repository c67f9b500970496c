import { z } from 'zod';
import { IsoTime } from '../kernel/primitives.contract.ts';

/** A form's text while it is being written. `body` is whatever the form needs to restore itself; null when there is none. */
export const Draft = z.object({ body: z.unknown(), updatedAt: IsoTime.nullable() });
export type Draft = z.infer<typeof Draft>;

export const DraftPlace = z.object({ place: z.string().min(1).max(120) });
export const DraftInput = z.object({ body: z.unknown() });
