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

/** Does something with the heading of the screen, as soon as there is one: a screen may still be on its way. */
function withHeading(use: (heading: HTMLElement) => void): () => void {
  const find = () => document.querySelector<HTMLElement>('main h1');
  const present = find();
  if (present !== null) use(present);
  const observer = new MutationObserver(() => {
    const heading = find();
    if (heading === null) return;
    observer.disconnect();
    use(heading);
  });
  if (present === null) observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** Makes known that one came to another place of the page. */
export function useArrival(place: string, deskName: string): void {
  const placeRef = useRef(place);
  useEffect(
    () =>
      withHeading((heading) => {
        entitle(heading, deskName);
        if (placeRef.current !== place) focusOn(heading);
        placeRef.current = place;
      }),
    [place, deskName],
  );
}
