import { useEffect, useState } from 'preact/hooks';

/** Where in the page one is: the part of the address after `#/`, in pieces. The phone's back button works by it. */
export function readRoute(hash: string): string[] {
  return hash.startsWith('#/') ? hash.slice(2).split('/').map(decodeURIComponent) : [];
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

/** Back to where one came from; to `pieces` when the page was opened right here. */
export function goBack(...pieces: readonly string[]): void {
  if (history.length > 1) history.back();
  else replaceWith(...pieces);
}
