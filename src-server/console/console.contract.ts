import { z } from 'zod';

/** The one-time code out of the console's link. */
export const SessionInput = z.object({ code: z.string().min(1).max(200) });
export type SessionInput = z.infer<typeof SessionInput>;

/** The console's key until the server is started again. */
export const SessionAnswer = z.object({ token: z.string() });
export type SessionAnswer = z.infer<typeof SessionAnswer>;
