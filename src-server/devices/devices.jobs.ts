import { forgetOldTries } from '../database/throttles.ts';
import type { Context } from '../kernel/context.ts';
import type { Job } from '../kernel/jobs.ts';
import { endLeases } from './dav-account.service.ts';
import { dropUnusedDirectories, forgetOldBatches } from './directory-build.service.ts';
import { isBehind, projectDirectories } from './directory-projection.service.ts';
import { closeLatePairings } from './pairings.service.ts';

const mostMillisecondsAtOnce = 2000;

async function keepDirectories(ctx: Context): Promise<void> {
  if (await isBehind(ctx)) await projectDirectories(ctx, mostMillisecondsAtOnce);
}

async function tidy(ctx: Context): Promise<void> {
  await dropUnusedDirectories(ctx);
  await forgetOldBatches(ctx);
  await forgetOldTries(ctx);
}

/** What keeps phones current and the tables small. */
export const deviceJobs: readonly Job[] = [
  { name: 'close-late-pairings', everySeconds: 5, run: closeLatePairings },
  { name: 'keep-directories', everySeconds: 1, run: keepDirectories },
  { name: 'end-leases', everySeconds: 3600, run: endLeases },
  { name: 'tidy-devices', everySeconds: 3600, run: tidy },
];
