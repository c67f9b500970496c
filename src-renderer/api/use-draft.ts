import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { dropDraft, readDraft, saveDraft } from './drafts.ts';

const pauseMilliseconds = 500;
const retryMilliseconds = 5000;

export interface DraftOptions<Body> {
  /** Names the form and its record, such as `ticket-reply.01J…`. Give the component a key of its own for each place. */
  readonly place: string;
  /** What a kept draft must look like; an older shape is let go. */
  readonly schema: z.ZodType<Body>;
  readonly empty: Body;
  /** A draft with nothing in it is not kept. */
  readonly isEmpty: (body: Body) => boolean;
}

export interface UsedDraft<Body> {
  readonly body: Body;
  /** False until what was typed earlier is there. */
  readonly isReady: boolean;
  readonly edit: (body: Body) => void;
  /** Changes what is there by now: for what arrives by itself, such as an upload. */
  readonly update: (change: (body: Body) => Body) => void;
  /** Forgets it: it was sent. */
  readonly clear: () => void;
}

/**
 * Keeps what is typed: at once in this window, half a second later on the server, so that leaving the screen, a restart
 * or a crash loses nothing. Saving that fails is tried again while the screen is open.
 */
export function useDraft<Body>({ place, schema, empty, isEmpty }: DraftOptions<Body>): UsedDraft<Body> {
  const queries = useQueryClient();
  // Held here, because the query cache tells its readers a moment later: the text cursor would jump while one types.
  const [typed, setTyped] = useState<{ readonly body: Body }>();
  const unsaved = useRef<{ readonly body: Body } | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const kept = useQuery({
    queryKey: ['drafts', place],
    queryFn: async ({ signal }) => {
      const draft = await readDraft(place, signal);
      const parsed = schema.safeParse(draft.body);
      return parsed.success ? parsed.data : empty;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

  const saver = useRef({ place, isEmpty });
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const waiting = unsaved.current;
    if (waiting === undefined) return;
    unsaved.current = undefined;
    const { current } = saver;
    const saving = current.isEmpty(waiting.body) ? dropDraft(current.place) : saveDraft(current.place, waiting.body);
    saving.catch(() => {
      unsaved.current ??= waiting;
    });
  }, []);

  useEffect(() => {
    function onHide(): void {
      if (document.visibilityState === 'hidden') flush();
    }
    // What could not be saved waits in `unsaved` and is tried again here.
    const retry = setInterval(() => {
      if (unsaved.current !== undefined) flush();
    }, retryMilliseconds);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      clearInterval(retry);
      document.removeEventListener('visibilitychange', onHide);
      flush();
    };
  }, [flush]);

  function keep(body: Body): void {
    // A draft that is still being read must not overwrite what is typed meanwhile.
    void queries.cancelQueries({ queryKey: ['drafts', place] });
    queries.setQueryData(['drafts', place], body);
    setTyped({ body });
    unsaved.current = { body };
  }

  function edit(body: Body): void {
    keep(body);
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, pauseMilliseconds);
  }

  return {
    body: typed?.body ?? kept.data ?? empty,
    isReady: typed !== undefined || kept.data !== undefined || kept.isError,
    edit,
    update: (change) => edit(change(queries.getQueryData<Body>(['drafts', place]) ?? empty)),
    clear() {
      keep(empty);
      flush();
    },
  };
}
