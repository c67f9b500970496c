import type { AdminConnection, ServerState } from '../desktop.contract.ts';

/** What the server says once it listens. */
export interface ReadyMessage {
  readonly event: 'ready';
  readonly lanUrl: string;
  readonly adminUrl: string;
  readonly adminToken: string;
}

/** A running server process, however it was started. */
export interface ServerChild {
  onReady(listener: (ready: ReadyMessage) => void): void;
  /** `message`: the last thing it said on stderr, if anything. */
  onExit(listener: (exit: { readonly code: number | null; readonly message: string }) => void): void;
  /** Asks it to drain and end. */
  stop(): void;
  kill(): void;
}

export interface SupervisorOptions {
  readonly start: () => ServerChild;
  readonly onState: (state: ServerState) => void;
  readonly setTimer?: (work: () => void, milliseconds: number) => { cancel(): void };
  readonly now?: () => number;
}

export interface Supervisor {
  start(): void;
  /** Ends the server for good, by force after ten seconds. Resolves when it is gone. */
  stop(): Promise<void>;
  /** A fresh start by hand: forgets earlier failures. */
  restart(): void;
  state(): ServerState;
  /** Resolves as soon as a server listens. */
  connection(): Promise<AdminConnection>;
}

const backOffSeconds = [0, 1, 3, 10, 30] as const;
const wellAfter = 600_000;
const drainTime = 10_000;

/** Refusals a restart can't mend: exit code 1 is “refused or failed”, with the reason on stderr. */
function isRefusal(exit: { readonly code: number | null; readonly message: string }): boolean {
  return exit.code === 1 && exit.message !== '';
}

function realTimer(work: () => void, milliseconds: number): { cancel(): void } {
  const timer = setTimeout(work, milliseconds);
  return { cancel: () => clearTimeout(timer) };
}

/**
 * Keeps the server process running: restarted at once, then after 1, 3, 10 and 30 seconds, and no more than five times
 * in ten minutes. Its crash never takes the desktop down, and why it ended is always told.
 */
export function superviseServer({ start, onState, setTimer = realTimer, now = Date.now }: SupervisorOptions): Supervisor {
  let current: ServerState = { state: 'stopped', reason: 'Not started yet.' };
  let child: ServerChild | undefined;
  let connection: AdminConnection | undefined;
  let failures: number[] = [];
  let pending: { cancel(): void } | undefined;
  let intent: 'run' | 'stop' | 'restart' = 'stop';
  let waiting: ((connection: AdminConnection) => void)[] = [];
  let whenGone: (() => void)[] = [];

  function tell(state: ServerState): void {
    current = state;
    onState(state);
  }

  function launch(): void {
    pending = undefined;
    tell({ state: 'starting' });
    const started = start();
    child = started;
    started.onReady((ready) => {
      if (child !== started) return;
      connection = { url: ready.adminUrl, token: ready.adminToken };
      tell({ state: 'running', lanUrl: ready.lanUrl });
      for (const resolve of waiting) resolve(connection);
      waiting = [];
    });
    started.onExit((exit) => {
      if (child !== started) return;
      child = undefined;
      connection = undefined;
      for (const resolve of whenGone) resolve();
      whenGone = [];
      if (intent === 'run') return afterUnwantedEnd(exit);
      if (intent === 'stop') return tell({ state: 'stopped', reason: 'Stopped.' });
      intent = 'run';
      return launch();
    });
  }

  function afterUnwantedEnd(exit: { readonly code: number | null; readonly message: string }): void {
    const reason = exit.message === '' ? `It ended by itself (code ${exit.code ?? 'none'}).` : exit.message;
    failures = [...failures.filter((at) => now() - at < wellAfter), now()];
    const inSeconds = backOffSeconds[failures.length - 1];
    if (isRefusal(exit) || inSeconds === undefined) {
      intent = 'stop';
      tell({ state: 'stopped', reason });
      return;
    }
    tell({ state: 'restarting', attempt: failures.length, inSeconds, reason });
    pending = setTimer(launch, inSeconds * 1000);
  }

  return {
    start() {
      intent = 'run';
      if (child === undefined && pending === undefined) launch();
    },
    stop() {
      intent = 'stop';
      pending?.cancel();
      pending = undefined;
      const leaving = child;
      if (leaving === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        const force = setTimer(() => leaving.kill(), drainTime);
        whenGone.push(() => {
          force.cancel();
          resolve();
        });
        leaving.stop();
      });
    },
    restart() {
      failures = [];
      pending?.cancel();
      pending = undefined;
      intent = child === undefined ? 'run' : 'restart';
      if (child === undefined) launch();
      else child.stop();
    },
    state: () => current,
    connection: () => (connection === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(connection)),
  };
}
