import { describe, expect, test } from 'vitest';
import type { ServerState } from '#main/desktop.contract.ts';
import { superviseServer, type ReadyMessage, type ServerChild } from '#main/server/server-supervisor.ts';

interface FakeChild extends ServerChild {
  ready(): void;
  exit(code: number | null, message?: string): void;
  readonly asked: string[];
}

function fakeChild(): FakeChild {
  let onReady: (ready: ReadyMessage) => void = () => undefined;
  let onExit: (exit: { code: number | null; message: string }) => void = () => undefined;
  const asked: string[] = [];
  return {
    asked,
    onReady: (listener) => (onReady = listener),
    onExit: (listener) => (onExit = listener),
    stop: () => asked.push('stop'),
    kill: () => asked.push('kill'),
    ready: () => onReady({ event: 'ready', lanUrl: 'https://192.168.1.10:8443', adminUrl: 'http://127.0.0.1:8441', adminToken: 'key' }),
    exit: (code, message = '') => onExit({ code, message }),
  };
}

function supervised() {
  const children: FakeChild[] = [];
  const states: ServerState[] = [];
  const timers: { work: () => void; milliseconds: number; cancelled: boolean }[] = [];
  let time = 0;
  const supervisor = superviseServer({
    start() {
      const child = fakeChild();
      children.push(child);
      return child;
    },
    onState: (state) => states.push(state),
    setTimer(work, milliseconds) {
      const timer = { work, milliseconds, cancelled: false };
      timers.push(timer);
      return { cancel: () => (timer.cancelled = true) };
    },
    now: () => time,
  });
  const runTimer = (): void => timers.findLast((timer) => !timer.cancelled)?.work();
  return { supervisor, children, states, timers, runTimer, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('the server process', () => {
  test('the console gets its connection as soon as the server listens', async () => {
    const { supervisor, children } = supervised();
    supervisor.start();
    const connection = supervisor.connection();

    children[0]?.ready();

    expect(await connection).toEqual({ url: 'http://127.0.0.1:8441', token: 'key' });
    expect(supervisor.state()).toEqual({ state: 'running', lanUrl: 'https://192.168.1.10:8443' });
  });

  test('a crash is followed by a new start, at once at first and then after longer and longer waits', () => {
    const { supervisor, children, timers, runTimer } = supervised();
    supervisor.start();

    for (let crash = 0; crash < 5; crash += 1) {
      children.at(-1)?.exit(null);
      runTimer();
    }

    expect(timers.map((timer) => timer.milliseconds)).toEqual([0, 1000, 3000, 10_000, 30_000]);
    expect(children).toHaveLength(6);
  });

  test('after more than five crashes in ten minutes it stays stopped and says why', () => {
    const { supervisor, children, runTimer } = supervised();
    supervisor.start();
    for (let crash = 0; crash < 5; crash += 1) {
      children.at(-1)?.exit(134);
      runTimer();
    }

    children.at(-1)?.exit(134);

    expect(supervisor.state()).toEqual({ state: 'stopped', reason: 'It ended by itself (code 134).' });
    expect(children).toHaveLength(6);
  });

  test('crashes that lie far apart do not add up', () => {
    const { supervisor, children, timers, runTimer, pass } = supervised();
    supervisor.start();

    for (let crash = 0; crash < 8; crash += 1) {
      pass(700_000);
      children.at(-1)?.exit(null);
      runTimer();
    }

    expect(timers.every((timer) => timer.milliseconds === 0)).toBe(true);
  });

  test('a refusal, such as a second server on the same data, is shown and not tried again', () => {
    const { supervisor, children, timers } = supervised();
    supervisor.start();

    children[0]?.exit(1, 'Another Doorline is using this data folder.');

    expect(supervisor.state()).toEqual({ state: 'stopped', reason: 'Another Doorline is using this data folder.' });
    expect(timers).toHaveLength(0);
  });

  test('quitting asks the server to drain and uses force only after ten seconds', async () => {
    const { supervisor, children, timers, runTimer } = supervised();
    supervisor.start();
    children[0]?.ready();

    const stopped = supervisor.stop();
    expect(children[0]?.asked).toEqual(['stop']);
    expect(timers.at(-1)?.milliseconds).toBe(10_000);
    runTimer();
    expect(children[0]?.asked).toEqual(['stop', 'kill']);
    children[0]?.exit(null);

    await stopped;
    expect(supervisor.state()).toEqual({ state: 'stopped', reason: 'Stopped.' });
  });

  test('a restart by hand starts a fresh server once the old one is gone', async () => {
    const { supervisor, children } = supervised();
    supervisor.start();
    children[0]?.ready();

    supervisor.restart();
    expect(children).toHaveLength(1);
    children[0]?.exit(0);
    children[1]?.ready();

    expect(children).toHaveLength(2);
    expect(supervisor.state().state).toBe('running');
  });

  test('a server that ended can’t speak for the one that follows it', () => {
    const { supervisor, children, runTimer } = supervised();
    supervisor.start();
    children[0]?.exit(null);
    runTimer();

    children[0]?.ready();

    expect(supervisor.state()).toEqual({ state: 'starting' });
  });
});
