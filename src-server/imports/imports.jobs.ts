import type { Job } from '../kernel/jobs.ts';
import { forgetOldFiles, workOnImports } from './work-imports.service.ts';

export const importJobs: readonly Job[] = [
  { name: 'imports', everySeconds: 0.3, run: workOnImports },
  { name: 'forget-old-import-files', everySeconds: 86_400, run: forgetOldFiles },
];
