import type { Job } from '../kernel/jobs.ts';
import { continueRefreshes } from './people-refresh.service.ts';

/** Goes on with changes that concern too many contacts for one request. */
export const refreshPeopleJob: Job = { name: 'refresh-people', everySeconds: 1, run: (ctx) => continueRefreshes(ctx, 1000) };
