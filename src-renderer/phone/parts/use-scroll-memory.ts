import { useEffect, useRef } from 'preact/hooks';

/** How long a list that is read anew may take to be as long as it was. */
const waitAtMost = 1500;

/** Scrolls on once the page is long enough, unless its reader scrolls first. Ends what it does when it is called. */
function scrollBackTo(wanted: number): () => void {
  const ended = new AbortController();
  for (const kind of ['pointerdown', 'wheel', 'keydown']) addEventListener(kind, () => ended.abort(), { signal: ended.signal, passive: true });
  const until = Date.now() + waitAtMost;
  function step(): void {
    if (ended.signal.aborted) return;
    const isLongEnough = document.documentElement.scrollHeight - innerHeight >= wanted;
    if (!isLongEnough && Date.now() < until) {
      requestAnimationFrame(step);
      return;
    }
    scrollTo(0, wanted);
    ended.abort();
  }
  step();
  return () => ended.abort();
}

/** Begins each screen at its top, and a list that one comes back to where one left it. */
export function useScrollMemory(place: string): void {
  const left = useRef(new Map<string, number>());
  useEffect(() => {
    const { current } = left;
    const wanted = place.includes('/') ? 0 : (current.get(place) ?? 0);
    scrollTo(0, 0);
    const end = wanted === 0 ? undefined : scrollBackTo(wanted);
    return () => end?.();
  }, [place]);
  useEffect(() => {
    const { current } = left;
    // What is tapped leads away: by then the present place is still there.
    const note = () => current.set(place, scrollY);
    addEventListener('click', note, { capture: true });
    return () => removeEventListener('click', note, { capture: true });
  }, [place]);
}
