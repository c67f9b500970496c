import { useEffect, useState } from 'react';
import { announce } from './announcer.tsx';

const shownMilliseconds = 2000;

/** Copies a text, and for two seconds knows that it was copied. */
export function useCopied(value: string): readonly [isCopied: boolean, copy: () => Promise<void>] {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return [
    isCopied,
    async () => {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      announce('Copied');
    },
  ];
}
