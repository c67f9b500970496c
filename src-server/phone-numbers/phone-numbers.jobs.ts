import type { Job } from '../kernel/jobs.ts';
import { readAllAgain } from './number-upkeep.service.ts';

/** After an update the stored numbers are read again by the newer rules; at all other times this is one look. */
export const readNumbersAgainJob: Job = { name: 'read-numbers-again', everySeconds: 3600, run: readAllAgain };
