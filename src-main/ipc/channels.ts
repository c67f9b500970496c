import { z } from 'zod';
import type { DesktopChannel } from '../desktop.contract.ts';

const nothing = z.undefined();

/** What each request may carry; anything else is refused before a handler sees it. The keys are the whole allow-list. */
export const requestArguments = {
  connection: nothing,
  'server-state': nothing,
  'restart-server': nothing,
  'open-external': z.string().max(2000),
  'show-in-folder': z.string().max(1000),
  'starts-at-sign-in': nothing,
  'set-starts-at-sign-in': z.boolean(),
  'update-state': nothing,
  'check-for-update': nothing,
  'install-update': nothing,
} as const satisfies Record<DesktopChannel, z.ZodType>;
