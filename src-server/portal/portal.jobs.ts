import type { Job } from '../kernel/jobs.ts';
import { forgetSendings } from './compose.service.ts';

export const portalJobs: readonly Job[] = [{ name: 'forget-sendings', everySeconds: 3600, run: forgetSendings }];
