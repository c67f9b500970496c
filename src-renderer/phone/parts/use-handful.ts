import { useState } from 'preact/hooks';

/**
 * The first few of many, and how many more there are until somebody asks for all of them. A single one more is shown at
 * once: a button for it takes as much room.
 */
export function useHandful<Item>(items: readonly Item[], { most, startsWhole = false }: { readonly most: number; readonly startsWhole?: boolean }) {
  const [isWhole, setWhole] = useState(startsWhole);
  const shown = isWhole || items.length <= most + 1 ? items : items.slice(0, most);
  return { shown, more: items.length - shown.length, showAll: () => setWhole(true) };
}
