import type { ImportBatch } from '#server/imports/imports.contract.ts';

/** True while the server works on the file. */
export function isWorking(batch: Pick<ImportBatch, 'state'>): boolean {
  return batch.state === 'dry-running' || batch.state === 'running' || batch.state === 'undoing';
}

export interface Pace {
  /** When this screen first saw the work, and how far it was: work begun elsewhere must not look faster than it is. */
  readonly sinceMilliseconds: number;
  readonly rowsThen: number;
}

/** Seconds left at the pace seen so far; null until there is enough to judge by. */
export function secondsLeft(pace: Pace, now: { readonly atMilliseconds: number; readonly rowsDone: number; readonly rowsTotal: number }): number | null {
  const seconds = (now.atMilliseconds - pace.sinceMilliseconds) / 1000;
  const rows = now.rowsDone - pace.rowsThen;
  if (seconds < 1 || rows <= 0) return null;
  return Math.max(0, Math.round(((now.rowsTotal - now.rowsDone) * seconds) / rows));
}

/** "about 2 minutes left": coarse on purpose, an estimate that jumps every second is worse than none. */
export function timeLeftInWords(seconds: number | null): string {
  if (seconds === null) return 'working out how long it takes';
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? 'about a minute left' : `about ${minutes} minutes left`;
}

/** Which step of the import a batch stands at. */
export type ImportStep = 'file' | 'columns' | 'check' | 'import';

const steps: Readonly<Record<ImportBatch['state'], ImportStep | 'where it stopped'>> = {
  analysed: 'columns',
  'dry-running': 'check',
  checked: 'check',
  running: 'import',
  done: 'import',
  undoing: 'import',
  undone: 'import',
  failed: 'where it stopped',
  cancelled: 'where it stopped',
};

export function stepOf(batch: Pick<ImportBatch, 'state' | 'progress'> | undefined): ImportStep {
  if (batch === undefined) return 'file';
  const step = steps[batch.state];
  if (step !== 'where it stopped') return step;
  return batch.progress.phase === 'dry-run' ? 'check' : 'import';
}
