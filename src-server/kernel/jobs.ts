import type { Context } from './context.ts';

/** Something the server does on a schedule, one run at a time. */
export interface Job {
  readonly name: string;
  readonly everySeconds: number;
  /** `stopping` is aborted when the server wants to end: long work should come to a good place and return. */
  run(ctx: Context, stopping?: AbortSignal): Promise<void>;
}

export interface RunningJobs {
  /** Starts nothing new and waits for what is running. */
  stop(): Promise<void>;
}

/** Runs each job now and then every `everySeconds` after its last run ended. A failed run is logged and tried again. */
export function startJobs(ctx: Context, jobs: readonly Job[]): RunningJobs {
  const stopping = new AbortController();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();

  function schedule(job: Job, afterSeconds: number): void {
    if (stopping.signal.aborted) return;
    timers.set(
      job.name,
      setTimeout(() => void runOnce(job), afterSeconds * 1000),
    );
  }

  async function runOnce(job: Job): Promise<void> {
    const run = job.run(ctx, stopping.signal).catch((error: unknown) => ctx.log.error({ job: job.name, err: error }, 'job failed'));
    running.set(job.name, run);
    await run;
    running.delete(job.name);
    schedule(job, job.everySeconds);
  }

  for (const job of jobs) schedule(job, 0);
  return {
    async stop() {
      stopping.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
