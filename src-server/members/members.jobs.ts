import type { Job } from '../kernel/jobs.ts';
import { forgetEndedSessions } from './sessions.service.ts';

export const memberJobs: readonly Job[] = [{ name: 'forget-ended-sessions', everySeconds: 900, run: forgetEndedSessions }];
