import type { Job } from '../kernel/jobs.ts';
import { forgetOldEdits } from './suggested-edits.service.ts';

export const forgetOldEditsJob: Job = { name: 'forget-old-edits', everySeconds: 86_400, run: forgetOldEdits };
