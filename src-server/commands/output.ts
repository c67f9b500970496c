/** How far a long command is. */
export interface Progress {
  /** What is being done, such as “Importing contacts”. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** What a command may say. With `--json` everything is one JSON object a line on standard output. */
export interface Output {
  readonly isJson: boolean;
  /** A line for a person on standard output; nothing with `--json`. */
  readonly say: (text: string) => void;
  /** What the command came to: `data` with `--json`, `text` for a person. */
  readonly result: (data: object, text: string) => void;
  /** A bar on standard error; with `--json` a line `{"event":"progress",…}`. Call it as often as you like. */
  readonly progress: (progress: Progress) => void;
  /** Something the person should know, on standard error, on a line of its own. */
  readonly warn: (text: string) => void;
}

/** What every file in commands/ exports. Resolves with the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export type Run = (args: readonly string[], out: Output) => Promise<number>;

interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly now: () => number;
}

const barWidth = 24;
const betweenBars = 100;

function bar({ label, done, total }: Progress, startedAt: number, now: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * barWidth);
  const seconds = share > 0.02 ? Math.round(((now - startedAt) / 1000) * (1 / share - 1)) : undefined;
  const left = seconds === undefined || share === 1 ? '' : `, ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
  return `${label} [${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${Math.floor(share * 100)} % (${done.toLocaleString('en')} of ${total.toLocaleString('en')}${left})`;
}

/** An output on this process's streams, or on others in tests. */
export function createOutput(isJson: boolean, { stdout, stderr, now }: Streams = { stdout: process.stdout, stderr: process.stderr, now: Date.now }): Output {
  let label = '';
  let startedAt = 0;
  let shownAt = 0;
  let shownTenth = -1;
  let isBarOpen = false;

  function endBar(): void {
    if (isBarOpen) stderr.write('\n');
    isBarOpen = false;
  }

  /** On a terminal ten times a second; in a log file at each tenth of the way. */
  function isWorthShowing(progress: Progress, isFirst: boolean): boolean {
    const isDone = progress.done >= progress.total;
    if (stderr.isTTY === true || isJson) return isFirst || isDone || now() - shownAt >= betweenBars;
    const tenth = Math.floor((progress.done / Math.max(1, progress.total)) * 10);
    const isNew = isFirst || tenth !== shownTenth;
    shownTenth = tenth;
    return isNew;
  }

  return {
    isJson,
    say(text) {
      if (isJson) return;
      endBar();
      stdout.write(`${text}\n`);
    },
    result(data, text) {
      endBar();
      stdout.write(isJson ? `${JSON.stringify(data)}\n` : `${text}\n`);
    },
    progress(progress) {
      const isFirst = progress.label !== label;
      if (isFirst) {
        endBar();
        label = progress.label;
        startedAt = now();
      }
      if (!isWorthShowing(progress, isFirst)) return;
      shownAt = now();
      if (isJson) stdout.write(`${JSON.stringify({ event: 'progress', ...progress })}\n`);
      else if (stderr.isTTY === true) {
        isBarOpen = true;
        stderr.write(`\r\u001B[2K${bar(progress, startedAt, now()).slice(0, (stderr.columns ?? 120) - 1)}`);
        if (progress.done >= progress.total) endBar();
      } else stderr.write(`${bar(progress, startedAt, now())}\n`);
    },
    warn(text) {
      endBar();
      stderr.write(`${text}\n`);
    },
  };
}
