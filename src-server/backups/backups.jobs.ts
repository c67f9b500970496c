import type { Job } from '../kernel/jobs.ts';
import { lastGoodBackup, type Backups } from './backups.service.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Whether a backup should be made now: in the small hours when a day has passed, at any hour when it is overdue. */
export function isBackupDue({ now, startedAt, last }: { readonly now: Date; readonly startedAt: Date; readonly last: Date | undefined }): boolean {
  // A PC that was just switched on has other work first.
  if (now.getTime() - startedAt.getTime() < 15 * minute) return false;
  if (last === undefined) return true;
  const age = now.getTime() - last.getTime();
  const isNight = now.getHours() >= 1 && now.getHours() < 5;
  return age > 23 * hour || (isNight && age > 12 * hour);
}

/** One verified backup a day. After a failure, which home shows, the next try is an hour later. */
export function dailyBackupJob(backups: Backups): Job {
  let startedAt: Date | undefined;
  let triedAt: Date | undefined;
  return {
    name: 'daily-backup',
    everySeconds: 300,
    async run(ctx) {
      startedAt ??= ctx.now();
      if (triedAt !== undefined && ctx.now().getTime() - triedAt.getTime() < hour) return;
      if (!isBackupDue({ now: ctx.now(), startedAt, last: await lastGoodBackup(ctx) })) return;
      triedAt = ctx.now();
      await backups.make(ctx);
    },
  };
}
