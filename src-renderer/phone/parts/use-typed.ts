import { useState } from 'preact/hooks';
import { usePhoneStore } from './use-phone.tsx';

/** What was typed into the search of a screen; it is there again when one comes back from what was found. */
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
