/** @jsxImportSource preact */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failed, Waiting } from '../parts/parts.tsx';
import { language } from '../words/language.ts';
import type { GuideWords } from './guide-words.ts';

interface Guide {
  readonly Screen: ComponentType<{ readonly words: GuideWords }>;
  readonly words: GuideWords;
}

const wordsOf = {
  en: () => import('./guide-words-en.ts'),
  pl: () => import('./guide-words-pl.ts'),
  de: () => import('./guide-words-de.ts'),
} as const;

async function load(): Promise<Guide> {
  const [{ GuideScreen }, { words }] = await Promise.all([import('./guide-screen.tsx'), wordsOf[language]()]);
  return { Screen: GuideScreen, words };
}

/** The guide, fetched when it is opened: most days nobody needs it, so it is no part of what the page starts with. */
export function LoadSetup() {
  const [guide, setGuide] = useState<Guide>();
  const [error, setError] = useState<unknown>();
  useEffect(() => void load().then(setGuide, setError), []);
  if (guide !== undefined) return <guide.Screen words={guide.words} />;
  // A newer desk has other files, and a browser remembers that these are gone: only the page itself leads to them.
  return error === undefined ? <Waiting rows={4} /> : <Failed error={error} onRetry={() => location.reload()} />;
}
