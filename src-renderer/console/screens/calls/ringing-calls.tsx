import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { DeskCallNews } from '#server/calls/calls.contract.ts';
import type { LiveEvent } from '#server/live/live.contract.ts';
import { presentCallsQuery } from '../../../api/calls.ts';
import { announce } from '../../../ui/announcer.tsx';
import { useLive } from '../../shell/live.tsx';
import { RingingCard } from './ringing-card.tsx';
import { callerInWords, isOld, nothingRings, ringing } from './ringing.ts';
import styles from './ringing-calls.module.css';

/** Who is calling, on every screen: as cards in the corner, the newest below. */
export function RingingCalls() {
  const [{ calls }, tell] = useReducer(ringing, nothingRings);
  const present = useQuery(presentCallsQuery);
  const say = useSayOnce();
  const hear = useCallback(
    (event: LiveEvent) => {
      const { callId, state } = event.payload;
      const news = DeskCallNews.safeParse(event.payload);
      // A call of which nothing more was heard is ended with these two words only.
      if (!news.success && state === 'ended' && typeof callId === 'string') tell({ ended: callId });
      if (!news.success) return;
      const isLate = isOld(news.data, Date.now());
      tell({ news: news.data, isLate });
      if (!isLate) say(news.data);
    },
    [say],
  );
  useLive('call', hear);
  useEffect(() => {
    for (const news of present.data ?? []) tell({ news });
  }, [present.data]);

  return (
    <section className={styles.calls} aria-label="Calls">
      {calls.map((call) => (
        <RingingCard key={call.callId} call={call} isOneOfMany={calls.length > 2} onClose={() => tell({ forget: call.callId })} />
      ))}
    </section>
  );
}

/** Tells screen readers of a call when it rings and when it was missed, each once. */
function useSayOnce(): (news: DeskCallNews) => void {
  const said = useRef(new Set<string>());
  return useCallback((news: DeskCallNews) => {
    const words = { ringing: 'is calling', missed: 'called and was missed', answered: undefined, ended: undefined }[news.state];
    const key = `${news.callId} ${news.state}`;
    if (words === undefined || news.direction === 'outbound' || said.current.has(key)) return;
    said.current.add(key);
    announce(`${callerInWords(news)} ${words}`);
  }, []);
}
