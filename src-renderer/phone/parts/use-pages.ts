import { useState } from 'preact/hooks';
import { askOrRecall } from '../device/ask-or-recall.ts';
import { query } from '../device/client.ts';
import { useLoaded } from './use-loaded.ts';
import { usePhone } from './use-phone.tsx';
import type { RecalledAnswer } from './use-recalled.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface Pages<Item> extends RecalledAnswer<readonly Item[]> {
  readonly hasMore: boolean;
  readonly more: () => void;
}

const pageSize = 40;

/**
 * A list that grows page by page. A reload reads as many pages as are shown, so that nothing jumps away. Without the desk
 * it ends where this phone kept it.
 */
export function usePages<Item>(path: string, parameters: Readonly<Record<string, string | undefined>>, version: number): Pages<Item> {
  const { isConnected } = usePhone();
  const key = path + query(parameters);
  const [shown, setShown] = useState({ key, pages: 1 });
  const pages = shown.key === key ? shown.pages : 1;

  async function load(signal: AbortSignal) {
    const items: Item[] = [];
    let cursor: string | undefined;
    let keptAt: string | undefined;
    for (let read = 0; read < pages; read += 1) {
      const page = await askOrRecall<Page<Item>>(path + query({ ...parameters, limit: pageSize, cursor }), { signal, isConnected });
      items.push(...page.answer.items);
      keptAt ??= page.keptAt;
      cursor = keptAt === undefined ? (page.answer.nextCursor ?? undefined) : undefined;
      if (cursor === undefined) break;
    }
    return { items, hasMore: cursor !== undefined, keptAt };
  }
  const loaded = useLoaded(key, load, `${version}/${pages}`);
  return {
    value: loaded.value?.items,
    hasMore: loaded.value?.hasMore ?? false,
    keptAt: loaded.value?.keptAt,
    error: loaded.error,
    isLoading: loaded.isLoading,
    reload: loaded.reload,
    more: () => setShown({ key, pages: pages + 1 }),
  };
}
