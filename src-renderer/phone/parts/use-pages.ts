import { useState } from 'preact/hooks';
import { askFor, query } from '../device/client.ts';
import { useLoaded, type Loaded } from './use-loaded.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface Pages<Item> extends Loaded<readonly Item[]> {
  readonly hasMore: boolean;
  readonly more: () => void;
}

const pageSize = 40;

/** A list that grows page by page. A reload reads as many pages as are shown, so that nothing jumps away. */
export function usePages<Item>(path: string, parameters: Readonly<Record<string, string | undefined>>, version: number): Pages<Item> {
  const key = path + query(parameters);
  const [shown, setShown] = useState({ key, pages: 1 });
  const pages = shown.key === key ? shown.pages : 1;

  async function load(signal: AbortSignal) {
    const items: Item[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const answer = await askFor<Page<Item>>(path + query({ ...parameters, limit: pageSize, cursor }), { signal });
      items.push(...answer.items);
      cursor = answer.nextCursor ?? undefined;
      if (cursor === undefined) break;
    }
    return { items, hasMore: cursor !== undefined };
  }
  const loaded = useLoaded(key, load, `${version}/${pages}`);
  return {
    value: loaded.value?.items,
    hasMore: loaded.value?.hasMore ?? false,
    error: loaded.error,
    isLoading: loaded.isLoading,
    reload: loaded.reload,
    more: () => setShown({ key, pages: pages + 1 }),
  };
}
