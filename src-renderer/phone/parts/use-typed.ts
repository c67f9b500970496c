import { useEffect, useState } from 'preact/hooks';
import { usePhoneStore } from './use-phone.tsx';

/** What was typed into the search of a screen; it is there again when one comes back from somebody who was found. */
export function useTyped(screen: string): readonly [string, (text: string) => void] {
  const { typed } = usePhoneStore();
  const [text, setText] = useState(typed.get(screen) ?? '');
  return [
    text,
    (next) => {
      typed.set(screen, next);
      setText(next);
    },
  ];
}

/** Whoever goes anywhere else has done with their search. */
export function useEndOfSearch(tab: string, place: string): void {
  const { typed } = usePhoneStore();
  useEffect(() => {
    if (place.startsWith('people/')) return;
    for (const screen of typed.keys()) if (screen !== tab || place.includes('/')) typed.delete(screen);
  }, [typed, tab, place]);
}
