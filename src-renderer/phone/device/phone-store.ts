import type { Call, CallNews } from '#server/calls/calls.contract.ts';
import type { DeviceMe, DeviceSwitchesPatch } from '#server/devices/devices.contract.ts';
import { askFor } from './client.ts';
import type { DeviceEvent } from './events.ts';
import { readContactCount } from './directory-store.ts';
import { syncDirectory, type SyncProgress } from './directory-sync.ts';
import { forgetIfStale, readSyncedAt } from './held-times.ts';
import { sendWhileClosed, type SyncsWhileClosed } from './offline.ts';
import { readOwnDevice } from './own-device.ts';
import { inWords } from './problem.ts';
import { sendQueue, submit, type Fate } from './queue.ts';
import { readQueue, removeEntry, type QueueEntry, type Submission } from './queue-store.ts';

/** What all screens share. */
export interface PhoneState {
  readonly me: DeviceMe | undefined;
  readonly isConnected: boolean;
  readonly sync: { readonly state: 'idle' | 'running' | 'failed'; readonly progress: SyncProgress | undefined; readonly problem: string };
  /** What was done and the desk has not heard of, or did not take. */
  readonly queue: readonly QueueEntry[];
  /** How many contacts are on this phone. */
  readonly held: number | undefined;
  readonly lastSyncAt: string | undefined;
  readonly syncsWhileClosed: SyncsWhileClosed;
  /** Puts the page on the home screen, where the browser offers that. */
  readonly install: (() => Promise<unknown>) | undefined;
  /** What this phone held is gone, because the desk was not reached for too long. */
  readonly isStale: boolean;
  /** Who calls right now, and who is talked to; the newest first. */
  readonly present: readonly CallNews[];
  /** A call that was shown here and is over, where it is to be asked how it went. */
  readonly ended: Call | undefined;
  /** A call that was missed while the page was open and not looked at yet. */
  readonly missed: CallNews | undefined;
  readonly toast: { readonly text: string; readonly undo: (() => void) | undefined } | undefined;
  /** Grows when calls or tasks changed, so that lists read them again. */
  readonly callsVersion: number;
  readonly tasksVersion: number;
}

const syncEvery = 24 * 3_600_000;

/** The page's one place of shared state, with what changes it. */
export function createPhoneStore() {
  let state: PhoneState = {
    me: undefined,
    isConnected: true,
    sync: { state: 'idle', progress: undefined, problem: '' },
    queue: [],
    held: undefined,
    lastSyncAt: undefined,
    syncsWhileClosed: 'no',
    install: undefined,
    isStale: false,
    present: [],
    ended: undefined,
    missed: undefined,
    toast: undefined,
    callsVersion: 0,
    tasksVersion: 0,
  };
  const listeners = new Set<() => void>();
  let running: Promise<void> | undefined;
  let toastTimer: ReturnType<typeof setTimeout> | undefined;

  function change(patch: Partial<PhoneState>): void {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  }

  async function runSync(startsAnew: boolean): Promise<void> {
    change({ sync: { state: 'running', progress: undefined, problem: '' } });
    try {
      await syncDirectory({ onProgress: (progress) => change({ sync: { state: 'running', progress, problem: '' } }), startsAnew });
      await readHeld();
      change({ isStale: false, sync: { state: 'idle', progress: undefined, problem: '' } });
      await sendWaiting();
    } catch (error) {
      change({ sync: { state: 'failed', progress: undefined, problem: inWords(error) } });
    }
  }

  /** What is on this phone by now; the service worker may have synced meanwhile. */
  async function readHeld(): Promise<void> {
    const [held, lastSyncAt] = await Promise.all([readContactCount(), readSyncedAt()]).catch(() => []);
    change({ held, lastSyncAt });
  }

  async function readWaiting(): Promise<void> {
    const queue = await readQueue().catch(() => []);
    change({ queue });
    if (queue.some((entry) => entry.refusal === undefined)) void sendWhileClosed().catch(() => undefined);
  }

  async function sendWaiting(): Promise<void> {
    const waited = state.queue.length;
    const sent = await sendQueue().catch(() => 0);
    await readWaiting();
    // The service worker may have been faster.
    if (sent > 0 || state.queue.length < waited) change({ callsVersion: state.callsVersion + 1, tasksVersion: state.tasksVersion + 1 });
  }

  function takeCall(news: CallNews): void {
    change({ callsVersion: state.callsVersion + 1 });
    if (news.direction !== 'inbound') return;
    const others = state.present.filter(({ callId }) => callId !== news.callId);
    const wasShown = others.length < state.present.length;
    const isOver = news.state === 'ended' || news.state === 'missed';
    change({ present: isOver ? others : [news, ...others] });
    if (news.state === 'ended' && wasShown) void askAfterwards(news.callId).catch(() => undefined);
    if (news.state === 'missed') change({ missed: news });
  }

  async function askAfterwards(callId: string): Promise<void> {
    const call = await askFor<Call>(`/calls/${encodeURIComponent(callId)}`);
    if (call.asksForOutcome) change({ ended: call });
  }

  return {
    /** By screen. Kept nowhere: who was searched for is gone with the page. */
    typed: new Map<string, string>(),
    read: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sendWaiting,
    offerInstall: (install: PhoneState['install']) => change({ install }),
    setSyncsWhileClosed: (syncsWhileClosed: SyncsWhileClosed) => change({ syncsWhileClosed }),

    /** The desk is there, or it is not; what waits is sent when it comes back. */
    setConnected(isConnected: boolean): void {
      const comesBack = isConnected && !state.isConnected;
      change({ isConnected });
      if (!comesBack) return;
      change({ callsVersion: state.callsVersion + 1, tasksVersion: state.tasksVersion + 1 });
      void sendWaiting();
    },

    /** @throws Told with the desk's words, when it does not take it. */
    async submit(submission: Submission): Promise<Fate> {
      try {
        const fate = await submit(submission);
        // Whatever screen is open by now lists what came of it.
        if (fate.is === 'sent') change({ callsVersion: state.callsVersion + 1, tasksVersion: state.tasksVersion + 1 });
        return fate;
      } finally {
        await readWaiting();
      }
    },

    /** Gives up what the desk did not take. */
    async drop(id: number): Promise<void> {
      await removeEntry(id).catch(() => undefined);
      await readWaiting();
    },

    dismissMissed: () => change({ missed: undefined }),
    dismissEnded(callId: string): void {
      if (state.ended?.id === callId) change({ ended: undefined });
    },

    /** Shows calls that began before the page was opened; of one that was heard of since, that is newer. */
    showPresent(calls: readonly CallNews[]): void {
      const known = new Set(state.present.map(({ callId }) => callId));
      change({ present: [...state.present, ...calls.filter(({ callId }) => !known.has(callId))] });
    },
    callsChanged: () => change({ callsVersion: state.callsVersion + 1 }),
    tasksChanged: () => change({ tasksVersion: state.tasksVersion + 1 }),

    /** Says something in passing; `undo` takes it back. */
    say(text: string, undo?: () => void): void {
      clearTimeout(toastTimer);
      change({ toast: { text, undo } });
      toastTimer = setTimeout(() => change({ toast: undefined }), undo === undefined ? 4000 : 7000);
    },

    async loadMe(): Promise<void> {
      await readHeld();
      change({ me: await readOwnDevice() });
    },

    /** Removes what the desk gave when it was not reached for a week. */
    async forgetIfStale(): Promise<void> {
      if (!(await forgetIfStale().catch(() => false))) return;
      change({ held: undefined, lastSyncAt: undefined, isStale: true, callsVersion: state.callsVersion + 1, tasksVersion: state.tasksVersion + 1 });
    },

    /** Turns a switch at once, and back when the desk does not take it. */
    async turn(patch: DeviceSwitchesPatch): Promise<void> {
      const before = state.me;
      if (before === undefined) return;
      change({ me: { ...before, settings: { ...before.settings, ...patch } as DeviceMe['settings'] } });
      try {
        change({ me: await askFor<DeviceMe>('/me', { method: 'PATCH', body: patch }) });
      } catch (error) {
        change({ me: before });
        this.say(inWords(error));
      }
    },

    /** Syncs now; when a sync is running already, waits for that one. */
    sync(options: { readonly startsAnew: boolean } = { startsAnew: false }): Promise<void> {
      running ??= runSync(options.startsAnew).finally(() => {
        running = undefined;
      });
      return running;
    },

    /** Syncs when the last time is a day ago, or did not get through. */
    async syncIfDue(): Promise<void> {
      await readHeld();
      const last = state.lastSyncAt === undefined ? 0 : Date.parse(state.lastSyncAt);
      if (state.sync.state === 'failed' || Date.now() - last >= syncEvery) await this.sync();
    },

    take(event: DeviceEvent): void {
      // The contract of these payloads is the server's; see CallNews.
      if (event.kind === 'call') takeCall(event.data as unknown as CallNews);
      if (event.kind === 'task') change({ tasksVersion: state.tasksVersion + 1 });
      if (event.kind === 'settings') void this.loadMe().catch(() => undefined);
    },
  };
}

export type PhoneStore = ReturnType<typeof createPhoneStore>;
