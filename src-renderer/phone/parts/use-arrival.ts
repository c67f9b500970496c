import { useEffect, useRef } from 'preact/hooks';

/** Says in the title where one is. */
function entitle(heading: HTMLElement, deskName: string): void {
  document.title = `${heading.textContent} – ${deskName}`;
}

/** What was tapped is gone with the former screen: whoever works by keyboard or by ear goes on at the new heading. */
function focusOn(heading: HTMLElement): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Makes known that one came to another place of the page. */
export function useArrival(place: string, deskName: string): void {
  const placeRef = useRef(place);
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading === null) return;
    entitle(heading, deskName);
    if (placeRef.current !== place) focusOn(heading);
    placeRef.current = place;
  }, [place, deskName]);
}
