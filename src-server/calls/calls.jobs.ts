import type { Job } from '../kernel/jobs.ts';
import { endForgottenCalls } from './call-outcomes.service.ts';

export const callJobs: readonly Job[] = [{ name: 'end-forgotten-calls', everySeconds: 60, run: endForgottenCalls }];
