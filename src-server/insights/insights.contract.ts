import { z } from 'zod';
import { IsoTime } from '../kernel/primitives.contract.ts';

const Health = z.enum(['good', 'attention', 'bad', 'off']);

/** The state of everything at a glance: what home shows. `message` is a sentence; `action` names the screen that mends it. */
export const DeskStatus = z.object({
  version: z.string(),
  companyName: z.string(),
  isSetUp: z.boolean(),
  parts: z.array(
    z.object({
      part: z.enum(['portal', 'certificate', 'phones', 'mail', 'disk', 'backup', 'numbers']),
      health: Health,
      title: z.string(),
      message: z.string(),
      action: z.string().nullable(),
    }),
  ),
  counts: z.object({
    contacts: z.number().int(),
    companies: z.number().int(),
    openTickets: z.number().int(),
    waitingForTeam: z.number().int(),
    members: z.number().int(),
    phones: z.number().int(),
    phonesInSync: z.number().int(),
    missedCallsToday: z.number().int(),
    unreadableNumbers: z.number().int(),
  }),
  ticketsByDay: z.array(z.object({ day: z.iso.date(), opened: z.number().int(), closed: z.number().int() })),
  portalUrl: z.string().nullable(),
  at: IsoTime,
});
export type DeskStatus = z.infer<typeof DeskStatus>;
