import { z } from 'zod';

/** What open screens are told. `id` is its place in the stream: send it as Last-Event-ID to go on where one stopped. */
export const LiveEvent = z.object({
  id: z.number().int(),
  kind: z.enum(['ticket', 'call', 'pairing', 'pbx', 'device', 'import', 'settings', 'wipe', 'task', 'member']),
  payload: z.record(z.string(), z.unknown()),
});
export type LiveEvent = z.infer<typeof LiveEvent>;
