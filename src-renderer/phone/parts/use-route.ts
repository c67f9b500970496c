import { useEffect, useState } from 'preact/hooks';

/** Where in the page one is: the part of the address after `#/`, in pieces. The phone's back button works by it. */
export function readRoute(hash: string): string[] {
  if (!hash.startsWith('#/')) return [];
  try {
    return hash.slice(2).split('/').map(decodeURIComponent);
  } catch {
    // Whatever somebody made of a link, it leads to the first screen.
    return [];
  }
}

export function useRoute(): string[] {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(readRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

export function linkTo(...pieces: readonly string[]): string {
  return `#/${pieces.map(encodeURIComponent).join('/')}`;
}

export function goTo(...pieces: readonly string[]): void {
  location.hash = linkTo(...pieces);
}

/** Takes the present screen's place, so that “back” does not return to it. */
export function replaceWith(...pieces: readonly string[]): void {
  history.replaceState(null, '', linkTo(...pieces));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** How long a browser may take for a step back, in milliseconds. */
const stepTakesAtMost = 1000;

/**
 * Back to where one came from; to `pieces` when the page was opened right here. A browser takes its time for the step
 * and would undo what is opened meanwhile, so a link tapped in between is followed once more when the step is done.
 */
export function goBack(...pieces: readonly string[]): void {
  if (history.length <= 1) {
    replaceWith(...pieces);
    return;
  }
  const ended = new AbortController();
  const { signal } = ended;
  let tapped: string | undefined;
  addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#/"]') : null;
      tapped = link?.hash ?? tapped;
    },
    { capture: true, signal },
  );
  addEventListener(
    'hashchange',
    () => {
      if (location.hash === tapped) return;
      ended.abort();
      if (tapped !== undefined) location.hash = tapped;
    },
    { signal },
  );
  setTimeout(() => ended.abort(), stepTakesAtMost);
  history.back();
}
