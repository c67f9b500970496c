import { inTransaction, isoNow, type Context } from '../kernel/context.ts';
import { newSecret } from '../kernel/secrets.ts';
import { publish } from '../live/live.service.ts';
import { forgetOldRequests, insertRequests, noteUse, type TraceRow } from './pbx.queries.ts';

/** A request of a telephone system, for the one who sets it up. Neither key nor number. */
export interface TracedRequest {
  readonly sourceId: string;
  readonly what: string;
  readonly status: number;
  readonly note: string | null;
  readonly ip: string;
  readonly milliseconds: number;
  readonly isSelfTest?: boolean;
}

interface WaitingRow {
  readonly row: TraceRow;
  readonly isSelfTest: boolean;
}

/** Marks our own requests while a system is tested, so that they do not pass for the system's. */
export const selfTestHeader = 'x-doorline-self-test';

/** What stands in it is known in this process only: nobody who has a key uses it unseen. */
export const selfTestMark = newSecret();

export interface SourceTrace {
  traceRequest(ctx: Context, request: TracedRequest): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  /** Writes what is waiting and traces nothing more. */
  close(): Promise<void>;
}

const keptOfEach = 50;
const flushAfterMilliseconds = 1000;

function write(ctx: Context, waiting: ReadonlyMap<string, readonly WaitingRow[]>): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    for (const [sourceId, rows] of waiting) {
      const last = rows.findLast((waited) => !waited.isSelfTest)?.row;
      if (last !== undefined) await noteUse(ctx.db, sourceId, { at: last.at, ip: last.ip });
      await insertRequests(
        ctx.db,
        rows.map((waited) => waited.row),
      );
      await forgetOldRequests(ctx.db, sourceId, keptOfEach);
      await publish(ctx, { audience: 'agents', kind: 'pbx', payload: { id: sourceId } });
    }
  });
}

/** Keeps the last requests of each system: written together once a second, so that a look-up costs no write. */
export function startSourceTrace(ctx: Context): SourceTrace {
  let waiting = new Map<string, WaitingRow[]>();
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
      const logged = (error: unknown) => ctx.log.error({ err: error }, 'the trace of telephone systems was not written');
      writing = writing.then(() => write(ctx, written)).catch(logged);
    }
    await writing;
  }

  return {
    traceRequest(ctx, { sourceId, isSelfTest = false, ...request }) {
      if (isClosed) return;
      const rows = waiting.get(sourceId) ?? [];
      if (rows.length === 0) waiting.set(sourceId, rows);
      if (rows.length >= keptOfEach) rows.shift();
      rows.push({ row: { ...request, source_id: sourceId, at: isoNow(ctx), milliseconds: Math.round(request.milliseconds) }, isSelfTest });
      timer ??= setTimeout(() => void flush(), flushAfterMilliseconds).unref();
    },
    flush,
    async close() {
      isClosed = true;
      await flush();
    },
  };
}
