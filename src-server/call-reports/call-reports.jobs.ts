import type { Context } from '../kernel/context.ts';
import type { Job } from '../kernel/jobs.ts';
import { countCallDays } from './call-days.service.ts';

const mostMillisecondsAtOnce = 1000;

async function keepCallDays(ctx: Context): Promise<void> {
  await countCallDays(ctx, mostMillisecondsAtOnce);
}

/** Days are counted while nobody waits for a report. */
export const countCallDaysJob: Job = { name: 'count-call-days', everySeconds: 20, run: keepCallDays };
