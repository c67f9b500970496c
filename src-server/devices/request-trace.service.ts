import { plainAddress } from '../kernel/client-address.ts';
import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { noteSharing } from './account-sharing.service.ts';
import { readsAddressBook } from './account-sharing.ts';
import { forgetOldTrace, insertTrace, keptOfEach, listKnownDevices, type TraceRow } from './request-trace.queries.ts';

/** A request of a phone, as the manager sees it when a phone gives trouble. */
export interface TracedRequest {
  readonly deviceId: string;
  readonly method: string;
  /** Without the query, which may hold numbers. */
  readonly path: string;
  readonly status: number;
  /** What it was about, in words. */
  readonly note?: string | undefined;
  readonly milliseconds: number;
  readonly userAgent: string;
  readonly ip: string;
}

export interface RequestTrace {
  traceRequest(ctx: Context, request: TracedRequest): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  /** Writes what is waiting and traces nothing more. */
  close(): Promise<void>;
}

const flushAfterMilliseconds = 2000;
const longestText = 300;

async function write(ctx: Context, waiting: ReadonlyMap<string, readonly TraceRow[]>): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const known = await listKnownDevices(ctx.db, [...waiting.keys()]);
    for (const [deviceId, rows] of waiting) {
      if (!known.has(deviceId)) continue;
      await insertTrace(ctx.db, rows);
      await forgetOldTrace(ctx.db, deviceId, keptOfEach);
      if (rows.some(readsAddressBook)) await noteSharing(ctx, deviceId);
    }
  });
}

/**
 * Keeps the last requests of each phone. They wait in memory for two seconds and are written together, so that a
 * request costs no write; a crash loses those two seconds and nothing else.
 */
export function startRequestTrace(ctx: Context): RequestTrace {
  let waiting = new Map<string, TraceRow[]>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size > 0) {
      const written = waiting;
      waiting = new Map();
      // A trace that can't be written must not take the server down with it.
      const logged = (error: unknown) => ctx.log.error({ err: error }, 'the trace of requests was not written');
      writing = writing.then(() => write(ctx, written)).catch(logged);
    }
    await writing;
  }

  return {
    traceRequest(ctx, request) {
      if (isClosed) return;
      const rows = waiting.get(request.deviceId) ?? [];
      if (rows.length === 0) waiting.set(request.deviceId, rows);
      if (rows.length >= keptOfEach) rows.shift();
      rows.push({
        device_id: request.deviceId,
        at: isoNow(ctx),
        method: request.method,
        path: request.path.slice(0, longestText),
        status: request.status,
        note: request.note ?? null,
        milliseconds: Math.round(request.milliseconds),
        user_agent: request.userAgent.slice(0, longestText),
        ip: plainAddress(request.ip),
      });
      timer ??= setTimeout(() => void flush(), flushAfterMilliseconds).unref();
    },
    flush,
    async close() {
      isClosed = true;
      await flush();
    },
  };
}
