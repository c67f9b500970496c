import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
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
  edit(body: Body): void;
  /** Forgets it: it was sent. */
  clear(): void;
}

/**
 * Keeps what is typed: at once in this window, half a second later on the server, so that leaving the screen, a restart
 * or a crash loses nothing. Saving that fails is tried again while the screen is open.
 */
export function useDraft<Body>({ place, schema, empty, isEmpty }: DraftOptions<Body>): UsedDraft<Body> {
  const queries = useQueryClient();
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

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const waiting = unsaved.current;
    if (waiting === undefined) return;
    unsaved.current = undefined;
    const saving = isEmpty(waiting.body) ? dropDraft(place) : saveDraft(place, waiting.body);
    saving.catch(() => {
      unsaved.current ??= waiting;
      timer.current = setTimeout(flush, retryMilliseconds);
    });
    // The place never changes within one component; emptiness is a pure question.
  }, [place]);

  useEffect(() => {
    function onHide(): void {
      if (document.visibilityState === 'hidden') flush();
    }
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      flush();
    };
  }, [flush]);

  function keep(body: Body): void {
    // A draft that is still being read must not overwrite what is typed meanwhile.
    void queries.cancelQueries({ queryKey: ['drafts', place] });
    queries.setQueryData(['drafts', place], body);
    unsaved.current = { body };
  }

  return {
    body: kept.data ?? empty,
    isReady: kept.data !== undefined || kept.isError,
    edit(body) {
      keep(body);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, pauseMilliseconds);
    },
    clear() {
      keep(empty);
      flush();
    },
  };
}
