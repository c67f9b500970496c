import type { Job } from '../kernel/jobs.ts';
import { forgetLateProfiles } from './enrolment.service.ts';

/** A profile holds a password, so it is gone soon after it could no longer be fetched. */
export const enrolmentJobs: readonly Job[] = [{ name: 'forget-late-profiles', everySeconds: 20, run: forgetLateProfiles }];
